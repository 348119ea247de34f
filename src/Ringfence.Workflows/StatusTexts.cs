using System.Diagnostics;

namespace Ringfence.Workflows;

/// <summary>The words that the API has for each status (EX-2.1, EX-3.1), and which statuses are final.</summary>
public static class StatusTexts
{
    /// <summary>The word of the API for the status of a job.</summary>
    public static string ToApiText(this JobStatus status) => status switch
    {
        JobStatus.Blocked => "blocked",
        JobStatus.NotRunning => "not_running",
        JobStatus.Queued => "queued",
        JobStatus.Running => "running",
        JobStatus.OnHold => "on_hold",
        JobStatus.Success => "success",
        JobStatus.Failed => "failed",
        JobStatus.InfrastructureFail => "infrastructure_fail",
        JobStatus.TimedOut => "timedout",
        JobStatus.Canceled => "canceled",
        JobStatus.Unauthorized => "unauthorized",
        JobStatus.NotRun => "not_run",
        JobStatus.Retried => "retried",
        JobStatus.TerminatedUnknown => "terminated-unknown",
        _ => throw new UnreachableException(),
    };

    /// <summary>The word of the API for the status of a workflow.</summary>
    public static string ToApiText(this WorkflowStatus status) => status switch
    {
        WorkflowStatus.Running => "running",
        WorkflowStatus.Queued => "queued",
        WorkflowStatus.OnHold => "on_hold",
        WorkflowStatus.Failing => "failing",
        WorkflowStatus.Success => "success",
        WorkflowStatus.Failed => "failed",
        WorkflowStatus.Error => "error",
        WorkflowStatus.Canceled => "canceled",
        WorkflowStatus.Unauthorized => "unauthorized",
        WorkflowStatus.NotRun => "not_run",
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether a job with this status has come to its end.</summary>
    public static bool IsFinal(this JobStatus status) => status >= JobStatus.Success;

    /// <summary>Whether a workflow with this status has come to its end.</summary>
    public static bool IsFinal(this WorkflowStatus status) => status >= WorkflowStatus.Success;

    /// <summary>Whether it counts as a failure: failed, timed out, or lost with its machine (EX-2.4).</summary>
    public static bool IsFailure(this JobStatus status) =>
        status is JobStatus.Failed or JobStatus.TimedOut or JobStatus.InfrastructureFail or JobStatus.TerminatedUnknown;
}
