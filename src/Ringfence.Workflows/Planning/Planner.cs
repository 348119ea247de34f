using System.Collections.Immutable;

namespace Ringfence.Workflows.Planning;

/// <summary>
/// What a workflow does next. It reads nothing and changes nothing: a driver carries out the decisions and comes back with what happened.
/// An event costs in proportion to the jobs that it moves. Safe for any number of threads.
/// </summary>
public static class Planner
{
    /// <summary>How often a job is started in all when its machines are lost (EX-3.5).</summary>
    public const int MaxAttempts = 3;

    /// <summary>Starts a workflow.</summary>
    /// <param name="request">The workflow.</param>
    /// <param name="newJobId">Gives an id that was never given before; called once for each job, in order.</param>
    /// <param name="now">The present time.</param>
    public static Planned Start(WorkflowRequest request, Func<JobId> newJobId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(newJobId);

        ImmutableArray<JobId> ids = [.. request.Jobs.Select(_ => newJobId())];
        var state = new WorkflowState
        {
            Id = request.Id,
            Workspace = request.Workspace,
            Name = request.Name,
            Project = request.Project,
            PipelineNumber = request.PipelineNumber,
            StartedBy = request.StartedBy,
            MaxAutoReruns = request.MaxAutoReruns,
            FirstRun = request.Id,
            FirstStartedAt = now,
            StartedAt = now,
            Jobs = [.. request.Jobs.Select((job, i) => new JobState { Id = ids[i], Invocation = job, Status = JobStatus.Blocked })],
            Graph = new WorkflowGraph(request.Jobs, ids),
        };
        return Begin(state, now);
    }

    /// <summary>Takes an event in.</summary>
    /// <param name="state">The state so far.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="now">The present time.</param>
    public static Planned Apply(WorkflowState state, WorkflowEvent happened, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(happened);

        var turn = new Turn(state, now);
        var ignored = EventRules.Take(turn, happened);
        return ignored is null ? turn.Finish() : new Planned(state, [.. turn.Decisions], ignored);
    }

    /// <summary>Looks at all jobs anew without an event. It decides nothing unless the state was made by other means than the planner's.</summary>
    public static Planned Replan(WorkflowState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);

        return state.HasEnded ? new Planned(state, []) : Begin(state, now);
    }

    /// <summary>Counts what each job waits for and lets go what can; jobs that are over already count as such.</summary>
    internal static Planned Begin(WorkflowState state, DateTimeOffset now)
    {
        var tally = state.Jobs.Aggregate(default(Tally), (sum, job) => sum.With(job.Type, job.Status));
        var turn = new Turn(state with { Tally = tally }, now);
        turn.CountAll();
        return turn.Finish();
    }
}
