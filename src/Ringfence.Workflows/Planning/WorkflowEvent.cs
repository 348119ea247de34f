namespace Ringfence.Workflows.Planning;

/// <summary>Something that happened to a workflow. One that does not fit the state is ignored with a reason; the same one again decides nothing.</summary>
public abstract record WorkflowEvent
{
    private WorkflowEvent()
    {
    }

    /// <summary>There is no machine for the job yet (EX-16.1).</summary>
    public sealed record JobQueued(JobAttempt Attempt) : WorkflowEvent;

    /// <summary>The job runs. It may be left out: an end is taken without it.</summary>
    public sealed record JobStarted(JobAttempt Attempt) : WorkflowEvent;

    /// <summary>The attempt is over. MUST follow each <see cref="Decision.StartJob"/> in the end, also after <see cref="Decision.CancelJob"/>.</summary>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Outcome">How it ended.</param>
    /// <param name="Reason">Why, in words for a person; may be empty.</param>
    public sealed record JobEnded(JobAttempt Attempt, JobOutcome Outcome, string Reason = "") : WorkflowEvent;

    /// <summary>The machine was lost; the job is tried again, at most <see cref="Planner.MaxAttempts"/> times in all (EX-3.5).</summary>
    public sealed record InfrastructureRetry(JobAttempt Attempt, string Reason) : WorkflowEvent;

    /// <summary>A person let an approval pass (EX-3.11).</summary>
    public sealed record Approved(JobId Job, string By) : WorkflowEvent;

    /// <summary>A person cancels one job; what waits for <c>canceled</c> goes on (EX-2.6b).</summary>
    public sealed record JobCanceled(JobId Job, string By) : WorkflowEvent;

    /// <summary>The whole workflow is canceled: by a person, by a newer pipeline or by age (EX-2.5).</summary>
    public sealed record WorkflowCanceled(string By) : WorkflowEvent;

    /// <summary>The lock of a serial group is held now.</summary>
    /// <param name="Job">The lock job of <see cref="Decision.RequestLock"/>.</param>
    public sealed record LockGranted(JobId Job) : WorkflowEvent;

    /// <summary>The serial group does not let it in (EX-3.16).</summary>
    public sealed record LockRefused(JobId Job, string Reason) : WorkflowEvent;

    /// <summary>The wait for the lock was too long (EX-3.17).</summary>
    public sealed record LockTimedOut(JobId Job) : WorkflowEvent;

    /// <summary>The workflow cannot go on by a problem of the config or of the server.</summary>
    public sealed record Errored(string Reason) : WorkflowEvent;
}
