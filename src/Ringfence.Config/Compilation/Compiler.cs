using System.Collections.Immutable;
using Ringfence.Config.Compilation.Workflows;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Orbs;
using Ringfence.Config.Schema;
using Ringfence.Config.Templates;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation;

/// <summary>Compiles a config to concrete jobs and workflows, in the stages of CL-2.1. Pure: the same source and request give the same result.</summary>
public static class Compiler
{
    /// <summary>Compiles a config. Problems of the config become diagnostics; nothing that a config can hold makes this throw.</summary>
    public static CompilationResult Compile(ConfigSource source, CompileRequest request)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(request);
        var session = new Session(request);
        var pipeline = YamlReader.Read(source.Text, session.Diagnostics, request.Limits) switch
        {
            null => null,
            YamlMapping document => Compile(document, session),
            var other => RefuseRoot(other, session),
        };
        return new CompilationResult(session.Diagnostics.HasErrors ? null : pipeline, session.Diagnostics.ToImmutable(), session.Diagnostics.LeftOut);
    }

    private static CompiledPipeline? RefuseRoot(YamlNode root, Session session)
    {
        session.Report(StructureCodes.WrongType, root.Span with { End = root.Span.Start + 1 }, $"[#] expected type: Mapping, found: {root.TypeName}", "A config is a map that starts with 'version: 2.1'.");
        return null;
    }

    private static CompiledPipeline? Compile(YamlMapping document, Session session)
    {
        if (ConfigVersion.Read(document, session) is not { } version)
            return null;

        var usesLatest = version.IsLatest || session.Request.HoldAllVersionsToLatestRules;
        session.IsStrict = usesLatest;
        var scope = new ElementScope(session, null, document);
        var isSetup = Setup(document, version, session);
        var expansion = new Expansion(session, usesLatest);
        var given = new PipelineParameters(session, expansion.Substitution);
        var parameters = given.Bind(usesLatest ? document["parameters"] : null);
        var bindings = new Bindings { Pipeline = new PipelineScope(session.Request.Values, parameters), SeesPipelineParameters = true };
        var orbs = new OrbImporter(session, expansion.Substitution);
        if (usesLatest)
            orbs.ImportInto(scope, bindings);

        DocumentShape.Check(scope, session, usesLatest);
        GroupExpander.Check(scope, session);
        var workflows = new WorkflowCompiler(expansion);
        AddWorkflows(document, version, workflows, new CallSite(scope, bindings), session);
        var (jobs, compiled) = workflows.Finish(bindings);
        if (isSetup && compiled.Length > 1)
            session.Report(WorkflowCodes.SetupWorkflows, compiled[1].Span, $"A setup config runs one workflow; {compiled.Length} would run", "Use 'when' so that one is left.");
        UnusedElements.Check(scope, session);

        return new CompiledPipeline
        {
            Jobs = jobs,
            Workflows = compiled,
            Skipped = workflows.Skipped,
            Orbs = orbs.Resolutions,
            Parameters = parameters.ToImmutableSortedDictionary(p => p.Key, p => PipelineParameters.ToValue(p.Value), StringComparer.Ordinal),
            ChangedParameters = given.Changed,
            IsSetup = isSetup,
        };
    }

    private static bool Setup(YamlMapping document, ConfigVersion version, Session session)
    {
        if (document["setup"] is not { } setup)
            return false;
        if (!version.IsLatest)
        {
            session.Report(StructureCodes.IgnoredInOldVersion, document.KeyOf("setup")!.Span, "'setup' needs version 2.1", "Change the first line to 'version: 2.1'.");
            return false;
        }

        Shape.Expect(setup, ShapeTypes.Boolean, "#/setup", session);
        return setup is YamlScalar { Kind: ScalarKind.Boolean, Text: "true" };
    }

    private static void AddWorkflows(YamlMapping document, ConfigVersion version, WorkflowCompiler workflows, CallSite site, Session session)
    {
        switch (document["workflows"])
        {
            case null:
                AddImplicitWorkflow(document, workflows, site, session);
                break;
            case YamlMapping mapping:
                if (!version.IsLatest && !mapping.Has("version"))
                    session.Report(StructureCodes.MissingKey, document.KeyOf("workflows")!.Span, "[#/workflows] required key [version] not found", "Add 'version: 2' below 'workflows:', or change the first line to 'version: 2.1'.");
                if (mapping.KeyOf("") is { } unnamed)
                    session.Report(StructureCodes.BadName, unnamed.Span, "A workflow needs a name", "Write any text before the ':'.");
                foreach (var workflow in mapping.Entries.Where(e => e.Name is not "version"))
                    workflows.Add(workflow, site);
                break;
            case YamlScalar { IsNull: true }:
                break;
            case var other:
                Shape.Expect(other, ShapeTypes.Mapping, "#/workflows", session);
                break;
        }
    }

    /// <summary>CL-16.2: without workflows the job <c>build</c> runs; CircleCI names that workflow <c>workflow</c>.</summary>
    private static void AddImplicitWorkflow(YamlMapping document, WorkflowCompiler workflows, CallSite site, Session session)
    {
        var jobs = document["jobs"] as YamlMapping;
        if (jobs?.KeyOf("build") is not { } build)
        {
            session.Report(
                StructureCodes.NothingToRun, (document.KeyOf("jobs") ?? document.Entries.FirstOrDefault().Key)?.Span ?? document.Span,
                "Cannot find a job named `build` to run in the `jobs:` section of your configuration file.",
                "If you expected a workflow to run, check your config contains a top-level key called 'workflows:'");
            return;
        }

        var item = new YamlSequence(build.Span, [YamlScalar.String("build", build.Span)]);
        var body = new YamlMapping(build.Span, [new YamlEntry(YamlScalar.String("jobs", build.Span), item)]);
        workflows.Add(new YamlEntry(YamlScalar.String("workflow", build.Span), body), site);
    }
}
