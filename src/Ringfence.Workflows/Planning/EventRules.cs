using System.Diagnostics;
using Ringfence.Config.Compilation;

namespace Ringfence.Workflows.Planning;

/// <summary>What each event means for the job that it is about, or why it means nothing.</summary>
internal static class EventRules
{
    private const string UnknownJob = "The workflow has no such job.";

    /// <summary>Takes an event into a turn.</summary>
    /// <returns>Null, or why it changes nothing.</returns>
    public static string? Take(Turn turn, WorkflowEvent happened) => happened switch
    {
        WorkflowEvent.JobQueued e => OfAttempt(turn, e.Attempt, job => Queue(turn, job)),
        WorkflowEvent.JobStarted e => OfAttempt(turn, e.Attempt, job => Start(turn, job)),
        WorkflowEvent.JobEnded e => OfAttempt(turn, e.Attempt, job => End(turn, job, e)),
        WorkflowEvent.InfrastructureRetry e => OfAttempt(turn, e.Attempt, job => Retry(turn, job, e.Reason)),
        WorkflowEvent.Approved e => OfJob(turn, e.Job, job => Approve(turn, job, e.By)),
        WorkflowEvent.JobCanceled e => OfJob(turn, e.Job, job => Cancel(turn, job, e.By)),
        WorkflowEvent.WorkflowCanceled e => StopAll(turn, new WorkflowStop.Canceled(e.By)),
        WorkflowEvent.Errored e => StopAll(turn, new WorkflowStop.Errored(e.Reason)),
        WorkflowEvent.LockGranted e => OfJob(turn, e.Job, job => Grant(turn, job)),
        WorkflowEvent.LockRefused e => OfJob(turn, e.Job, job => EndWait(turn, job, JobStatus.NotRun, e.Reason)),
        WorkflowEvent.LockTimedOut e => OfJob(turn, e.Job, job => EndWait(turn, job, JobStatus.Canceled, "waited too long for the lock of its serial group")),
        _ => throw new UnreachableException(),
    };

    private static string? OfJob(Turn turn, JobId id, Func<int, string?> take) => turn.IndexOf(id) is { } job ? take(job) : UnknownJob;

    private static string? OfAttempt(Turn turn, JobAttempt attempt, Func<int, string?> take)
    {
        if (turn.IndexOf(attempt.Job) is not { } job)
            return UnknownJob;
        if (!turn.IsActive(job))
            return $"{turn[job].Name} is not under way: {turn[job].Status.ToApiText()}.";
        return turn[job].AttemptNumber == attempt.Number
            ? take(job)
            : $"{turn[job].Name} is at attempt {turn[job].AttemptNumber}, not {attempt.Number}.";
    }

    private static string? Queue(Turn turn, int job)
    {
        if (turn[job].Status != JobStatus.NotRunning)
            return $"{turn[job].Name} cannot go back into the queue: {turn[job].Status.ToApiText()}.";
        turn.Set(job, turn[job] with { Status = JobStatus.Queued });
        return null;
    }

    private static string? Start(Turn turn, int job)
    {
        if (turn[job].Status == JobStatus.Running)
            return $"{turn[job].Name} runs already.";
        turn.MarkStarted(job);
        return null;
    }

    private static string? End(Turn turn, int job, WorkflowEvent.JobEnded ended)
    {
        var status = ended.Outcome switch
        {
            JobOutcome.Success => JobStatus.Success,
            JobOutcome.Failed => JobStatus.Failed,
            JobOutcome.TimedOut => JobStatus.TimedOut,
            JobOutcome.InfrastructureFail => JobStatus.InfrastructureFail,
            JobOutcome.Canceled => JobStatus.Canceled,
            JobOutcome.Unauthorized => JobStatus.Unauthorized,
            JobOutcome.NotRun => JobStatus.NotRun,
            _ => throw new UnreachableException(),
        };
        turn.End(job, status, ended.Reason);
        return null;
    }

    /// <summary>EX-3.5. What was to be canceled is not tried again.</summary>
    private static string? Retry(Turn turn, int job, string reason)
    {
        if (turn[job].CanceledBy is not null)
            turn.End(job, JobStatus.Canceled, reason);
        else if (turn[job].AttemptNumber >= Planner.MaxAttempts)
            turn.End(job, JobStatus.InfrastructureFail, reason);
        else
            turn.Run(job, reason);
        return null;
    }

    private static string? Approve(Turn turn, int job, string by)
    {
        if (turn[job].Status != JobStatus.OnHold)
            return $"{turn[job].Name} does not wait for an approval: {turn[job].Status.ToApiText()}.";
        turn.Set(job, turn[job] with { ApprovedBy = by });
        turn.End(job, JobStatus.Success, "");
        return null;
    }

    private static string? Cancel(Turn turn, int job, string by)
    {
        if (turn[job].Status.IsFinal())
            return $"{turn[job].Name} has ended already: {turn[job].Status.ToApiText()}.";
        if (turn[job].Type == JobType.Unlock)
            return $"{turn[job].Name} gives a lock back and cannot be canceled; cancel the jobs before it.";
        if (turn[job].CanceledBy is not null)
            return $"{turn[job].Name} is being canceled already.";

        if (turn.IsActive(job))
            turn.AskToCancel(job, by);
        else
            turn.DropPending(job, JobStatus.Canceled, by.Length == 0 ? "was canceled" : $"was canceled by {by}", by);
        return null;
    }

    private static string? StopAll(Turn turn, WorkflowStop stop)
    {
        if (turn.Before.HasEnded)
            return $"The workflow has ended already: {turn.Before.Status.ToApiText()}.";
        if (turn.Before.Stop is not null)
            return "The workflow is being stopped already.";
        turn.StopAll(stop);
        return null;
    }

    private static string? Grant(Turn turn, int job)
    {
        if (turn.IsAskingForLock(job))
        {
            turn.End(job, JobStatus.Success, "");
            return null;
        }

        // Granted while it was being canceled: nobody would ever give it back.
        if (turn[job] is { Type: JobType.Lock, Status: JobStatus.Canceled or JobStatus.NotRun })
            turn.GiveBackLock(job);
        return NoWait(turn, job);
    }

    private static string? EndWait(Turn turn, int job, JobStatus status, string reason)
    {
        if (!turn.IsAskingForLock(job))
            return NoWait(turn, job);
        turn.Skip(job, status, reason);
        return null;
    }

    private static string NoWait(Turn turn, int job) => $"{turn[job].Name} does not wait for a lock: {turn[job].Status.ToApiText()}.";
}
