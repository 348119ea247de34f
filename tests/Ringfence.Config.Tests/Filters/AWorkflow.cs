using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Config.Expressions;
using Ringfence.Config.Filters;
using Ringfence.Config.Values;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Tests.Filters;

/// <summary>Builds workflows for decisions about their jobs.</summary>
internal sealed class AWorkflow
{
    private readonly List<CompiledInvocation> _jobs = [];
    private readonly Dictionary<string, ParameterValue> _parameters = new(StringComparer.Ordinal);
    private YamlSequence? _triggers;

    /// <summary>A job; <paramref name="requires"/> names others with blanks between them.</summary>
    public AWorkflow With(string name, JobFilter filter, string requires = "")
    {
        _jobs.Add(new CompiledInvocation
        {
            Name = name,
            Type = JobType.Build,
            Requires = [.. requires.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(r => new Requirement(r, [RequiredStatus.Success]))],
            Filter = filter,
            Contexts = [],
            Keys = new YamlMapping(SourceSpan.None, []),
            Span = SourceSpan.None,
        });
        return this;
    }

    public AWorkflow With(string name, string requires = "") => With(name, new JobFilter.None(), requires);

    public AWorkflow WithParameter(string name, ParameterValue value)
    {
        _parameters[name] = value;
        return this;
    }

    public AWorkflow WithTriggers(string yaml)
    {
        _triggers = (YamlSequence)YamlReader.Read(new SourceText("triggers.yml", yaml), new DiagnosticBag(), Limits.Default)!;
        return this;
    }

    /// <summary>The decisions for a branch, a tag, or both; empty means that there is none.</summary>
    public ImmutableArray<JobDecision> Decide(string branch = "", string tag = "", bool bySchedule = false) =>
        Decide(PipelineValues.Local(new GitFacts { Branch = branch, Tag = tag }), bySchedule);

    public ImmutableArray<JobDecision> Decide(PipelineValues values, bool bySchedule = false)
    {
        var workflow = new CompiledWorkflow { Name = "w", Jobs = [.. _jobs], Triggers = _triggers, Span = SourceSpan.None };
        return JobSelection.Decide(workflow, values, _parameters, bySchedule);
    }

    /// <summary>The names of the jobs that run.</summary>
    public static string Running(ImmutableArray<JobDecision> decisions) =>
        string.Join(' ', decisions.Where(d => d.Runs).Select(d => d.Job.Name));

    /// <summary>A filter in the map form, from lists with blanks between the items; null is not written.</summary>
    public static JobFilter Patterns(string? branchesOnly = null, string? branchesIgnore = null, string? tagsOnly = null, string? tagsIgnore = null) =>
        new JobFilter.Patterns(Names(branchesOnly, branchesIgnore), Names(tagsOnly, tagsIgnore));

    /// <summary>A filter in the expression form.</summary>
    public static JobFilter Condition(string text) => new JobFilter.Condition(text, Expression.Parse(text, Limits.Default).Expression!);

    private static NamePatterns? Names(string? only, string? ignore) => only is null && ignore is null ? null : new NamePatterns(List(only), List(ignore));

    private static ImmutableArray<NamePattern>? List(string? items) =>
        items is null ? null : [.. items.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(i => NamePattern.Parse(i, out _)!)];
}
