using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Workflows.Planning;

namespace Ringfence.Workflows.Reruns;

/// <summary>Makes a new run of a workflow out of one that is over: same pipeline, same jobs, same workspace, new ids (EX-5.1 to EX-5.8).</summary>
public static class Rerun
{
    /// <summary>How many reruns a workflow may have, reruns of reruns included (EX-5.6).</summary>
    public const int Limit = 100;

    /// <summary>Runs all jobs again (EX-5.1).</summary>
    public static RerunResult FromStart(WorkflowState ended, RerunRequest request) =>
        WhyNot(ended, request) is { } reason ? new RerunResult.Refused(reason) : Begin(ended, request, _ => true, WorkflowOrigin.ManualRerun);

    /// <summary>Runs again what did not succeed; successes are carried over (EX-5.2). A lock is taken anew if anything behind it runs again.</summary>
    public static RerunResult FromFailed(WorkflowState ended, RerunRequest request)
    {
        if (WhyNot(ended, request) is { } reason)
            return new RerunResult.Refused(reason);
        return ended.Status == WorkflowStatus.Success
            ? new RerunResult.Refused("No job of the workflow failed; rerun it from the start instead.")
            : Begin(ended, request, IsToRepeat(ended), WorkflowOrigin.ManualRerun);
    }

    /// <summary>Runs some jobs again and all that comes after them; the others keep how they ended (EX-5.3).</summary>
    public static RerunResult Jobs(WorkflowState ended, IReadOnlyCollection<JobId> jobs, RerunRequest request)
    {
        ArgumentNullException.ThrowIfNull(jobs);

        if (WhyNot(ended, request) is { } reason)
            return new RerunResult.Refused(reason);
        if (jobs.Count == 0)
            return new RerunResult.Refused("No job to rerun is named; name at least one.");
        if (jobs.Any(job => ended.Find(job) is null))
            return new RerunResult.Refused("A job to rerun is not part of the workflow; take the ids from its list of jobs.");

        var repeated = WithFollowers(ended, jobs.Select(job => ended.Graph.IndexOf(job)!.Value));
        return Begin(ended, request, repeated.Contains, WorkflowOrigin.ManualRerun);
    }

    /// <summary>Does what <see cref="Decision.AutoRerun"/> asks for (EX-5.8): from failed, in the name of whoever started the first run.</summary>
    public static RerunResult Automatically(WorkflowState ended, RerunRequest request)
    {
        if (WhyNot(ended, request) is { } reason)
            return new RerunResult.Refused(reason);
        if (ended.Status != WorkflowStatus.Failed || ended.Origin == WorkflowOrigin.ManualRerun)
            return new RerunResult.Refused("Only a workflow that failed and that nobody reran by hand is rerun by itself.");
        return ended.AutoRerunNumber >= ended.MaxAutoReruns
            ? new RerunResult.Refused($"The workflow was rerun by itself {ended.AutoRerunNumber} times already, and no more is allowed.")
            : Begin(ended, request, IsToRepeat(ended), WorkflowOrigin.AutomaticRerun);
    }

    private static string? WhyNot(WorkflowState ended, RerunRequest request)
    {
        ArgumentNullException.ThrowIfNull(ended);
        ArgumentNullException.ThrowIfNull(request);

        if (!ended.HasEnded)
            return "The workflow is not over yet; wait for it, or cancel it first.";
        if (request.RerunsSoFar >= Limit)
            return $"The workflow was rerun {request.RerunsSoFar} times, and {Limit} is the most; start a new pipeline.";
        return request.Now >= ended.ExpiresAt
            ? $"The workflow began {WorkflowState.Lifetime.TotalDays:0} days ago or earlier; start a new pipeline."
            : null;
    }

    private static RerunResult.Begun Begin(WorkflowState ended, RerunRequest request, Func<int, bool> isRepeated, WorkflowOrigin origin)
    {
        var repeated = WithLocks(ended, isRepeated);
        ImmutableArray<JobId> ids = [.. ended.Jobs.Select(_ => request.NewJobId())];
        var isAutomatic = origin == WorkflowOrigin.AutomaticRerun;
        var state = ended with
        {
            Id = request.Id,
            StartedBy = isAutomatic ? ended.StartedBy : request.By,
            Status = WorkflowStatus.Running,
            Origin = origin,
            AutoRerunNumber = isAutomatic ? ended.AutoRerunNumber + 1 : 0,
            StartedAt = request.Now,
            EndedAt = null,
            Stop = null,
            Jobs = [.. ended.Jobs.Select((job, i) => repeated[i] ? Afresh(job, ids[i]) : CarriedOver(job, ids[i]))],
            Graph = new WorkflowGraph([.. ended.Jobs.Select(job => job.Invocation)], ids),
        };
        return new RerunResult.Begun(Planner.Begin(state, request.Now));
    }

    private static JobState Afresh(JobState job, JobId id) => new() { Id = id, Invocation = job.Invocation, Status = JobStatus.Blocked };

    private static JobState CarriedOver(JobState job, JobId id) => job with { Id = id, CarriedOverFrom = job.CarriedOverFrom ?? job.Id };

    private static Func<int, bool> IsToRepeat(WorkflowState ended) => job => ended.Jobs[job].Status != JobStatus.Success;

    private static HashSet<int> WithFollowers(WorkflowState ended, IEnumerable<int> jobs)
    {
        var all = new HashSet<int>();
        var open = new Stack<int>(jobs);
        while (open.TryPop(out var job))
        {
            if (!all.Add(job))
                continue;
            foreach (var (dependent, _) in ended.Graph.Dependents(job))
                open.Push(dependent);
        }

        return all;
    }

    /// <summary>What runs behind a lock needs it anew; where nothing does, lock and unlock are carried over as they ended.</summary>
    private static bool[] WithLocks(WorkflowState ended, Func<int, bool> isRepeated)
    {
        bool[] repeated = [.. Enumerable.Range(0, ended.Jobs.Count).Select(isRepeated)];
        for (var job = 0; job < repeated.Length; job++)
        {
            if (ended.Jobs[job].Type == JobType.Unlock && ended.Graph.LockOf(job) is { } taker)
                repeated[taker] = repeated[job] = repeated[taker] || ended.Graph.Fenced(job).Any(inside => repeated[inside]);
        }

        return repeated;
    }
}
