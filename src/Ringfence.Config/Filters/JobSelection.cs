using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Config.Values;

namespace Ringfence.Config.Filters;

/// <summary>Decides which jobs of a workflow are part of a pipeline: by their own filters, then by what is left of what they require.</summary>
public static class JobSelection
{
    /// <summary>Decides all jobs of a workflow, in the order of its jobs.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="values">The pipeline values; branch and tag are among them.</param>
    /// <param name="parameters">The pipeline parameters, by name.</param>
    /// <param name="bySchedule">Whether a <c>triggers</c> of the config started the pipeline, rather than a push, the API or a schedule kept outside the config (CL-16.9).</param>
    public static ImmutableArray<JobDecision> Decide(
        CompiledWorkflow workflow, PipelineValues values, IReadOnlyDictionary<string, ParameterValue> parameters, bool bySchedule = false)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(parameters);

        var branch = Text(values, "pipeline.git.branch");
        if (WhyNoJobRuns(workflow, branch, bySchedule) is { } reason)
            return [.. workflow.Jobs.Select(job => new JobDecision(job, false, reason))];

        var tag = Text(values, "pipeline.git.tag");
        var own = workflow.Jobs.Select(job => Own(job.Filter, branch, tag, values, parameters)).ToArray();
        return new Propagation(workflow.Jobs, own).Decide();
    }

    private static string? WhyNoJobRuns(CompiledWorkflow workflow, string branch, bool bySchedule) => (workflow.Triggers, bySchedule) switch
    {
        (null, false) => null,
        (null, true) => "the workflow has no schedule, and a schedule started the pipeline",
        (not null, false) => "the workflow runs on its schedule only",
        ({ } triggers, true) => ScheduleBranches.Decide(triggers, branch) is { Passes: false } outcome ? $"the workflow's schedule is not for this branch: {outcome.Reason}" : null,
    };

    private static FilterOutcome Own(
        JobFilter filter, string branch, string tag, PipelineValues values, IReadOnlyDictionary<string, ParameterValue> parameters) => filter switch
        {
            JobFilter.None => PatternFilter.Decide(null, null, branch, tag),
            JobFilter.Patterns patterns => PatternFilter.Decide(patterns.Branches, patterns.Tags, branch, tag),
            JobFilter.Condition condition => FilterCondition.Decide(condition, values, parameters),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string Text(PipelineValues values, string name) =>
        values.TryGet(name, out var value) && value.TryGetString(out var text) ? text : "";

    /// <summary>CL-17.9: what is filtered out is no longer waited for, but a job that has nothing left to wait for does not run either.</summary>
    private sealed class Propagation(ImmutableArray<CompiledInvocation> jobs, FilterOutcome[] own)
    {
        private readonly JobDecision?[] _decisions = new JobDecision?[jobs.Length];
        private readonly ILookup<string, int> _byName = Enumerable.Range(0, jobs.Length).ToLookup(i => jobs[i].Name, StringComparer.Ordinal);

        public ImmutableArray<JobDecision> Decide()
        {
            // Not by recursion: a chain may be as long as a config has jobs.
            var open = new Stack<int>();
            var entered = new bool[jobs.Length];
            for (var root = 0; root < jobs.Length; root++)
            {
                open.Push(root);
                while (open.TryPeek(out var job))
                {
                    if (_decisions[job] is not null)
                    {
                        open.Pop();
                        continue;
                    }

                    // The second visit finds everything before the job decided; a cycle, which the compiler refuses, counts as undecided.
                    var waiting = entered[job] ? [] : Required(job).Where(r => _decisions[r] is null && !entered[r]).ToArray();
                    entered[job] = true;
                    if (waiting.Length > 0)
                    {
                        foreach (var next in waiting)
                            open.Push(next);
                        continue;
                    }

                    _decisions[job] = DecideOne(job);
                    open.Pop();
                }
            }

            return [.. _decisions.Select(d => d!)];
        }

        private IEnumerable<int> Required(int job) => jobs[job].Requires.SelectMany(r => _byName[r.Job]);

        private JobDecision DecideOne(int job)
        {
            var invocation = jobs[job];
            if (!own[job].Passes)
                return new JobDecision(invocation, false, own[job].Reason);

            var required = invocation.Requires.Select(r => r.Job).Distinct(StringComparer.Ordinal).ToArray();
            if (required.Length == 0 || required.Any(Stays))
                return new JobDecision(invocation, true, "");

            var names = string.Join(", ", required);
            return new JobDecision(invocation, false, required.Length == 1 ? $"the job that it requires is filtered out: {names}" : $"all jobs that it requires are filtered out: {names}");
        }

        private bool Stays(string name) => _byName[name].Any(i => _decisions[i] is { Runs: true });
    }
}
