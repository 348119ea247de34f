using System.Collections.Immutable;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Templates;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation.Workflows;

/// <summary>Turns one item of a workflow's <c>jobs</c> into drafts: one for a job, several for a matrix, a lock, or a group (CL-17 to CL-19).</summary>
internal sealed class InvocationExpander
{
    private static readonly string[] Reserved =
        ["name", "requires", "context", "filters", "type", "matrix", "pre-steps", "post-steps", "serial-group", "override-with"];

    private static readonly string[] KeptKeys = ["requires", "context", "filters", "type"];

    private readonly Expansion _expansion;
    private readonly Session _session;
    private readonly MatrixExpander _matrices;
    private readonly SerialGroups _serialGroups;
    private readonly GroupExpander _groups;
    private int _jobs;

    public InvocationExpander(Expansion expansion)
    {
        _expansion = expansion;
        _session = expansion.Session;
        _matrices = new MatrixExpander(expansion);
        _serialGroups = new SerialGroups(expansion);
        _groups = new GroupExpander(expansion, this, _serialGroups);
    }

    /// <summary>Expands an item and adds the drafts to the workflow.</summary>
    /// <param name="item">The item as written.</param>
    /// <param name="workflow">Takes the drafts.</param>
    /// <param name="site">The scope and the pipeline's names.</param>
    /// <param name="group">The group whose job it is; null for a workflow's own.</param>
    public void Expand(YamlNode item, DraftWorkflow workflow, CallSite site, GroupInstance? group)
    {
        if (_session.IsOver || Read(item, site) is not { } written)
            return;
        if (written.Keys["type"] is { } type)
        {
            ExpandApproval(written, type, workflow, site, group);
            return;
        }

        if (GroupExpander.Find(site.Scope, written.Name.Text) is { } definition)
        {
            _groups.Expand(written, definition, workflow, site, group);
            return;
        }

        if (FindJob(written, site) is { } job)
            ExpandJob(written, job, workflow, site, group);
        else
            workflow.Broken.UnionWith(NamesOf(written, site));
    }

    /// <summary>The names that the jobs of an invocation would have had, with the values of a matrix put in.</summary>
    private List<string> NamesOf(Invocation written, CallSite site)
    {
        if (written.Keys["matrix"] is not { } matrix)
            return [written.Name.Text, NameOf(written, site, written.Name.Text)];

        var names = new List<string> { written.Name.Text };
        if ((matrix as YamlMapping)?["alias"] is { } alias && _expansion.Substitution.Apply(alias, site.Bindings) is YamlScalar { IsNull: false } given)
            names.Add(given.Text);
        foreach (var member in _matrices.Expand(matrix, site) ?? [])
            names.Add(NameOf(written, site with { Bindings = site.Bindings with { Matrix = member.Values } }, $"{written.Name.Text}-{member.Suffix}"));
        return names;
    }

    private Invocation? Read(YamlNode item, CallSite site)
    {
        switch (item)
        {
            case YamlScalar { Kind: ScalarKind.String } name when _expansion.Substitution.Apply(name, site.Bindings) is YamlScalar { IsNull: false } final:
                return new Invocation(new YamlScalar(name.Span, final.Text, ScalarKind.String, name.Style), new YamlMapping(name.Span, []));
            case YamlMapping { Entries: [var only] } when only.Value is YamlMapping keys:
                return new Invocation(only.Key, keys);
            case YamlMapping { Entries: [var only] } when only.Value is YamlScalar { IsNull: true }:
                return new Invocation(only.Key, new YamlMapping(only.Key.Span, []));
            case YamlMapping { Entries: [var only] }:
                _session.Report(StructureCodes.WrongType, only.Value.Span, $"Job '{only.Name}': expected type: Mapping, found: {only.Value.TypeName}", "Write keys such as 'requires:' below the job's name.");
                return null;
            case YamlMapping { Entries: [var first, var second, ..] }:
                _session.Report(
                    StructureCodes.BadStep, second.Key.Span, $"A job of a workflow has one key; '{second.Name}' stands beside '{first.Name}'",
                    Reserved.Contains(second.Name, StringComparer.Ordinal) ? $"Indent '{second.Name}:' by two more, so that it belongs to '{first.Name}:'." : "Begin each job with '- '.");
                return null;
            default:
                _session.Report(StructureCodes.WrongType, item.Span, $"A job of a workflow is a name, or a name with keys below; found: {item.TypeName}", "Write '- job-name'.");
                return null;
        }
    }

    private void ExpandApproval(Invocation written, YamlNode type, DraftWorkflow workflow, CallSite site, GroupInstance? group)
    {
        if (type is not YamlScalar { Text: "approval" })
        {
            var shown = ArgumentTypes.Show(type);
            _session.Report(
                WorkflowCodes.InlineType, type.Span,
                $"Only jobs with `type: approval` can be defined inline under the `workflows:`/`job-groups:` section. For `type: {shown}`, define the job in the `jobs:` section",
                "Remove 'type' here and write it in the job.");
            return;
        }

        if (site.Scope.Declares(ElementKind.Job, written.Name.Text))
        {
            _session.Report(
                StructureCodes.ConfusingName, written.Name.Span, $"The approval '{written.Name.Text}' has the name of a job, which it does not run",
                "Give the approval a name of its own, such as 'hold' (CL-17.22).");
        }

        var keys = written.Keys.Entries.Where(e => KeptKeys.Contains(e.Name, StringComparer.Ordinal))
            .Select(e => e with { Value = _expansion.Substitution.Apply(e.Value, site.Bindings) });
        foreach (var other in written.Keys.Entries.Where(e => e.Name is not "name" && !KeptKeys.Contains(e.Name, StringComparer.Ordinal)))
            _session.Report(StructureCodes.Ignored, other.Key.Span, $"'{other.Name}' has no effect on an approval", "Remove it.");

        var name = NameOf(written, site, written.Name.Text);
        Add(workflow, group, new Draft
        {
            BaseName = group?.NameOf(name) ?? name,
            LocalName = name,
            Type = JobType.Approval,
            Body = null,
            Declaration = written.Name.Span,
            Signature = written.Keys,
            Keys = [.. keys],
            Span = written.Name.Span,
            Group = group,
        });
    }

    private Element? FindJob(Invocation written, CallSite site)
    {
        if (written.Keys["override-with"] is { } replacement
            && _expansion.Substitution.Apply(replacement, site.Bindings) is YamlScalar { Kind: ScalarKind.String } other
            && site.Scope.Find(ElementKind.Job, other.Text).Element is { } overriding)
            return overriding;

        var name = written.Name.Text;
        var search = site.Scope.Find(ElementKind.Job, name);
        if (search.Element is not null || search.IsReportedAlready)
            return search.Element;

        if (search.UnknownOrb is { } orb)
        {
            _session.Report(
                ReferenceCodes.UnknownOrb, written.Name.Span, $"Cannot find orb '{orb}' looking for job named '{name}'",
                Spelling.DidYouMean(orb, site.Scope.Orbs.Keys, $"Import it under 'orbs:' as '{orb}: namespace/name@version'."));
        }
        else
        {
            _session.Report(
                ReferenceCodes.UnknownJob, written.Name.Span, $"Cannot find a definition for job named {name}",
                Spelling.DidYouMean(name, site.Scope.AllNames(ElementKind.Job), "Define it under 'jobs:', or add 'type: approval' if a person is to be asked."));
        }

        return null;
    }

    private void ExpandJob(Invocation written, Element job, DraftWorkflow workflow, CallSite site, GroupInstance? group)
    {
        if (written.Keys["matrix"] is not { } matrix)
        {
            ExpandMember(written, job, null, null, workflow, site, group);
            return;
        }

        var alias = (matrix as YamlMapping)?["alias"] is YamlScalar { IsNull: false } given
            ? (_expansion.Substitution.Apply(given, site.Bindings) as YamlScalar)?.Text
            : written.Name.Text;
        workflow.Aliases.Add(alias!);
        if (_matrices.Expand(matrix, site) is not { } members)
            return;
        foreach (var twice in written.Keys.Entries.Where(e => !Reserved.Contains(e.Name, StringComparer.Ordinal) && members.Any(m => m.Values.ContainsKey(e.Name))))
            _session.Report(WorkflowCodes.BadMatrix, twice.Key.Span, $"'{twice.Name}' is given by the matrix already", "Remove it here or from the matrix.");
        foreach (var member in members)
            ExpandMember(written, job, member, alias, workflow, site with { Bindings = site.Bindings with { Matrix = member.Values } }, group);
    }

    private void ExpandMember(Invocation written, Element job, MatrixMember? member, string? alias, DraftWorkflow workflow, CallSite site, GroupInstance? group)
    {
        if (_session.IsOver)
            return;
        if (++_jobs > _session.Limits.Jobs)
        {
            _session.Stop(StructureCodes.TooMany, written.Name.Span, $"The workflows run more than {_session.Limits.Jobs:N0} jobs", "Split the config into several pipelines.");
            return;
        }

        _session.Enter("job", written.Name.Text, written.Name.Span);
        var before = Steps(written, "pre-steps", site);
        var after = Steps(written, "post-steps", site);
        var name = NameOf(written, site, member is null ? written.Name.Text : $"{written.Name.Text}-{member.Suffix}");
        var draft = new Draft
        {
            BaseName = group?.NameOf(name) ?? name,
            LocalName = name,
            Type = Schema.JobShape.TypeOf(job.Body),
            Body = _expansion.Jobs.Expand(job, Arguments(written, member), before, after, site, written.Name.Span),
            Declaration = job.NameSpan,
            Signature = written.Keys,
            Member = member,
            Keys = KeysOf(written, site),
            Span = written.Name.Span,
            Alias = alias,
            Group = group,
        };
        if (written.Keys["serial-group"] is { } key)
            _serialGroups.Wrap(draft, key, workflow, site);
        else
            Add(workflow, group, draft);
        _session.Leave();
    }

    private static ImmutableArray<YamlEntry> Arguments(Invocation written, MatrixMember? member)
    {
        var arguments = ImmutableArray.CreateBuilder<YamlEntry>();
        foreach (var entry in written.Keys.Entries)
        {
            if (!Reserved.AsSpan().Contains(entry.Name) && member?.Values.ContainsKey(entry.Name) is not true)
                arguments.Add(entry);
        }

        if (member is not null)
            arguments.AddRange(member.Arguments);
        return arguments.DrainToImmutable();
    }

    private ImmutableArray<YamlEntry> KeysOf(Invocation written, CallSite site)
    {
        var keys = ImmutableArray.CreateBuilder<YamlEntry>();
        foreach (var entry in written.Keys.Entries)
        {
            if (entry.Name is not ("requires" or "context" or "filters"))
                continue;
            var value = _expansion.Substitution.Apply(entry.Value, site.Bindings);

            // A context that comes to nothing is no context (CL-17.19).
            if (entry.Name is not "context" || !entry.Value.MayHoldTemplate || Truth.Of(value))
                keys.Add(entry with { Value = value });
        }

        return keys.ToImmutable();
    }

    private ImmutableArray<YamlNode> Steps(Invocation written, string key, CallSite site)
    {
        if (written.Keys[key] is not { } node || !Schema.Shape.Expect(node, Schema.ShapeTypes.Sequence | Schema.ShapeTypes.Null, key, _session))
            return [];

        var steps = new List<YamlNode>();
        _expansion.Steps.Expand(node, site, steps);
        return [.. steps];
    }

    private string NameOf(Invocation written, CallSite site, string otherwise)
    {
        if (written.Keys["name"] is not { } node || _expansion.Substitution.Apply(node, site.Bindings) is not { } value || value is YamlScalar { IsNull: true })
            return otherwise;
        if (value is BoundExecutor executor)
            return executor.Name.Text;
        if (value is YamlScalar { Text.Length: > 0 } scalar)
            return scalar.Text;
        _session.Report(StructureCodes.WrongType, node.Span, $"'name' expected type: String, found: {value.TypeName}", "Write the name that the job is to have.");
        return otherwise;
    }

    /// <summary>Adds a draft to its workflow and, if it has one, to its group.</summary>
    internal static void Add(DraftWorkflow workflow, GroupInstance? group, Draft draft)
    {
        workflow.Jobs.Add(draft);
        group?.Members.Add(draft);
    }
}
