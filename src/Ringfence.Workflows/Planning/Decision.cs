using Ringfence.Config.Compilation;

namespace Ringfence.Workflows.Planning;

/// <summary>What the caller has to do next. To carry one out twice does no harm if the receiver goes by the ids in it.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Run the job; answer with <see cref="WorkflowEvent.JobEnded"/>.</summary>
    public sealed record StartJob(JobAttempt Attempt, CompiledInvocation Invocation) : Decision;

    /// <summary>Show the approval; answer with <see cref="WorkflowEvent.Approved"/> or <see cref="WorkflowEvent.JobCanceled"/>.</summary>
    public sealed record HoldForApproval(JobId Job, string Name) : Decision;

    /// <summary>The job came to an end without ever starting. To be shown only.</summary>
    /// <param name="Job">The job.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Status"><see cref="JobStatus.NotRun"/> or <see cref="JobStatus.Canceled"/>.</param>
    /// <param name="Reason">Why, in words for a person.</param>
    public sealed record SkipJob(JobId Job, string Name, JobStatus Status, string Reason) : Decision;

    /// <summary>A job that does nothing succeeded (EX-3.14). To be shown only.</summary>
    public sealed record FinishNoOp(JobId Job, string Name) : Decision;

    /// <summary>Ask for the lock of a serial group; answer with one of the lock events.</summary>
    public sealed record RequestLock(JobId Job, string Name, string Key) : Decision;

    /// <summary>Give back the lock that this job holds or waits for (EX-3.18); nobody answers.</summary>
    /// <param name="Job">The lock job that asked for it, not the unlock job.</param>
    /// <param name="Key">The key of the serial group.</param>
    public sealed record ReleaseLock(JobId Job, string Key) : Decision;

    /// <summary>Stop the attempt, or do not begin it; answer with <see cref="WorkflowEvent.JobEnded"/> all the same.</summary>
    public sealed record CancelJob(JobAttempt Attempt) : Decision;

    /// <summary>The status of the workflow changed. To be shown only.</summary>
    public sealed record WorkflowStatusChanged(WorkflowStatus From, WorkflowStatus To) : Decision;

    /// <summary>The workflow is over: no event changes it any more. Comes once.</summary>
    public sealed record WorkflowEnded(WorkflowStatus Status) : Decision;

    /// <summary>Rerun from failed at once, with <see cref="Reruns.Rerun.Automatically"/> (EX-5.8).</summary>
    /// <param name="Number">Which automatic rerun it will be, from 1.</param>
    /// <param name="Of">How many there may be.</param>
    public sealed record AutoRerun(int Number, int Of) : Decision;
}
