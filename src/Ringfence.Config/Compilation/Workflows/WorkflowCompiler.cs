using System.Collections.Immutable;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Expressions;
using Ringfence.Config.Filters;
using Ringfence.Config.Schema;
using Ringfence.Config.Templates;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation.Workflows;

/// <summary>Turns the <c>workflows</c> of a config into compiled ones: conditions, invocations, names, requirements, filters (CL-16, CL-17).</summary>
internal sealed class WorkflowCompiler
{
    private static readonly string[] Keys = ["jobs", "when", "unless", "max_auto_reruns", "triggers"];

    private readonly Expansion _expansion;
    private readonly Session _session;
    private readonly InvocationExpander _invocations;
    private readonly FilterReader _filters;
    private readonly List<DraftWorkflow> _drafts = [];
    private readonly List<SkippedWorkflow> _skipped = [];

    public WorkflowCompiler(Expansion expansion)
    {
        _expansion = expansion;
        _session = expansion.Session;
        _invocations = new InvocationExpander(expansion);
        _filters = new FilterReader(expansion.Session);
    }

    public ImmutableArray<SkippedWorkflow> Skipped => [.. _skipped];

    /// <summary>Expands one workflow; its jobs get their names once all are expanded.</summary>
    public void Add(YamlEntry workflow, CallSite site)
    {
        if (!Shape.Expect(workflow.Value, ShapeTypes.Mapping, $"#/workflows/{workflow.Name}", _session) || workflow.Value is not YamlMapping body)
            return;

        _session.Enter("workflow", workflow.Name, workflow.Key.Span);
        CheckKeys(workflow, body);
        if (Runs(workflow, body, site.Bindings))
        {
            var draft = new DraftWorkflow(workflow.Name, workflow.Key, body);
            _drafts.Add(draft);
            if (body["jobs"] is YamlSequence jobs)
            {
                foreach (var job in jobs.Items)
                    _invocations.Expand(job, draft, site, null);
            }
        }

        _session.Leave();
    }

    /// <summary>Names the jobs and finishes the workflows.</summary>
    public (ImmutableArray<CompiledJob> Jobs, ImmutableArray<CompiledWorkflow> Workflows) Finish(Bindings bindings)
    {
        NameAssigner.Assign(_drafts);
        var workflows = ImmutableArray.CreateBuilder<CompiledWorkflow>(_drafts.Count);
        foreach (var draft in _drafts)
        {
            _session.Enter("workflow", draft.Name, draft.NameNode.Span);
            workflows.Add(Finish(draft, bindings));
            _session.Leave();
        }

        ContextLimit.Check(workflows, _session);
        return (Jobs(), workflows.ToImmutable());
    }

    private void CheckKeys(YamlEntry workflow, YamlMapping body)
    {
        var path = $"#/workflows/{workflow.Name}";
        if (!body.Has("jobs"))
            _session.Report(StructureCodes.MissingKey, workflow.Key.Span, $"[{path}] required key [jobs] not found", "List the jobs of the workflow under 'jobs:'.");
        Shape.Expect(body["jobs"], ShapeTypes.Sequence, $"{path}/jobs", _session);
        if (body["jobs"] is YamlSequence { Items.Length: 0 } empty)
            _session.Report(StructureCodes.WrongValue, empty.Span, $"[{path}] 'jobs' needs at least one job", "Add a job, or remove the workflow.");
        if (body.Has("when") && body.KeyOf("unless") is { } unless)
            _session.Report(StructureCodes.Conflict, unless.Span, "'when' and 'unless' exclude each other", "Combine them in one 'when' with 'and' and 'not'.");
        if (body["max_auto_reruns"] is { } reruns)
            RunShape.CheckRerunCount(reruns, _session);
        if (body["triggers"] is { } triggers)
            ScheduleShape.Check(triggers, path, _filters, _session);

        // The published schema refuses other keys (CL-16.7), but configs in use have 'description' and the like: said, not refused.
        foreach (var other in body.Entries.Where(e => _session.IsStrict && !Keys.Contains(e.Name, StringComparer.Ordinal)))
            _session.Report(StructureCodes.Ignored, other.Key.Span, $"[{path}] extraneous key [{other.Name}] is ignored", Spelling.DidYouMean(other.Name, Keys, $"A workflow has the keys {string.Join(", ", Keys)}."));
    }

    private bool Runs(YamlEntry workflow, YamlMapping body, Bindings bindings)
    {
        foreach (var key in body.Entries.Where(e => e.Name is "when" or "unless"))
        {
            if (Holds(key.Value, bindings) == key.Name is "when")
                continue;
            _skipped.Add(new SkippedWorkflow(workflow.Name, ConditionText.Reason(key, bindings), key.Key.Span));
            return false;
        }

        return true;
    }

    /// <summary>A condition of a workflow: a logic statement, or an expression as text (CL-16.5).</summary>
    private bool Holds(YamlNode condition, Bindings bindings)
    {
        if (condition is YamlMapping { Entries: [{ Name: "condition" } wrong] })
        {
            _session.Report(TemplateCodes.BadLogic, wrong.Key.Span, "'condition' belongs to a step; a workflow's condition stands directly below 'when' or 'unless'", "Remove the line 'condition:' and indent the rest by two less.");
            return true;
        }

        if (condition is not YamlScalar { Kind: ScalarKind.String } text || text.Text.Length == 0)
            return _expansion.Logic.Holds(condition, bindings);
        if (text.MayHoldTemplate)
        {
            if (!_expansion.Substitution.IsWhole(text))
                _session.Report(TemplateCodes.AlwaysTrue, text.Span, "A text with '<< >>' in it is always true", "Write the whole condition as one expression, without '<< >>'.");
            return _expansion.Logic.Holds(condition, bindings);
        }

        var parsed = Expression.Parse(text.Text, _session.Limits);
        if (parsed.Error is { } error)
        {
            _session.Report(TemplateCodes.BadExpression, text.SpanOf(error.Start, Math.Max(1, error.Length)), error.Message, error.Hint ?? "Write an expression such as 'pipeline.git.branch == \"main\"', or a logic statement.");
            return true;
        }

        // The truth of the published conformance cases: 0 and the empty text are true here, unlike in logic statements (CL-8.6).
        return _session.Evaluate(parsed.Expression!, bindings, text.Span) is { IsTrueInExpression: true };
    }

    private CompiledWorkflow Finish(DraftWorkflow draft, Bindings bindings)
    {
        var requirements = new Requirements(_session, draft);
        var jobs = ImmutableArray.CreateBuilder<CompiledInvocation>(draft.Jobs.Count);
        foreach (var job in draft.Jobs)
            jobs.Add(Finish(job, requirements, bindings));

        RequirementCycles.Check(jobs, draft, _session);
        return new CompiledWorkflow
        {
            Name = draft.Name,
            Jobs = jobs.ToImmutable(),
            Triggers = draft.Body["triggers"] is { } triggers ? _expansion.Substitution.Apply(triggers, bindings) as YamlSequence : null,
            MaxAutoReruns = draft.Body["max_auto_reruns"] is YamlScalar { Kind: ScalarKind.Integer } reruns && int.TryParse(reruns.Text, System.Globalization.CultureInfo.InvariantCulture, out var count) ? count : 0,
            Span = draft.NameNode.Span,
        };
    }

    private CompiledInvocation Finish(Draft job, Requirements requirements, Bindings bindings)
    {
        var (requires, written) = requirements.Resolve(job);
        return new CompiledInvocation
        {
            Name = job.Name,
            Type = job.Type,
            Requires = requires,
            Filter = _filters.Read(job.Signature["filters"], job["filters"], bindings),
            Contexts = ContextNames.Read(job["context"], _session),
            Keys = new YamlMapping(job.Signature.Span, KeysOf(job, written)),
            Span = job.Span,
            SerialKey = job.SerialKey,
            Group = job.Group?.Prefix,
        };
    }

    private static ImmutableArray<YamlEntry> KeysOf(Draft job, YamlNode? requires)
    {
        var keys = ImmutableArray.CreateBuilder<YamlEntry>(job.Keys.Length + 1);
        if (requires is not null && job["requires"] is null)
            keys.Add(new YamlEntry(YamlScalar.String("requires", job.Span), requires));
        foreach (var key in job.Keys)
        {
            if (key.Name is not "requires")
                keys.Add(key);
            else if (requires is not null)
                keys.Add(key with { Value = requires });
        }

        return keys.DrainToImmutable();
    }

    private ImmutableArray<CompiledJob> Jobs()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var jobs = ImmutableArray.CreateBuilder<CompiledJob>();
        foreach (var draft in _drafts.SelectMany(d => d.Jobs))
        {
            if (draft.Body is { } body && seen.Add(draft.Name))
                jobs.Add(new CompiledJob(draft.Name, draft.Type, body, draft.Declaration) { StepCommands = [.. (body["steps"] as YamlSequence)?.Items.Select(_expansion.Steps.CommandOf) ?? []] });
        }

        return jobs.ToImmutable();
    }
}
