using Ringfence.Config.Compilation;

namespace Ringfence.Workflows.Planning;

/// <summary>A requirement of a job by places instead of names.</summary>
/// <param name="On">The place of the job that it is about.</param>
/// <param name="Requirement">What the config says.</param>
/// <param name="IsImplied">Whether the config does not say it: an unlock waits for all jobs behind its lock.</param>
internal sealed record Need(int On, Requirement Requirement, bool IsImplied = false)
{
    /// <summary>Whether a final status is one of those waited for (CL-17.3).</summary>
    public bool IsMetBy(JobStatus status) => Requirement.Statuses.Contains(status switch
    {
        JobStatus.Success => RequiredStatus.Success,
        JobStatus.Canceled => RequiredStatus.Canceled,
        JobStatus.Unauthorized => RequiredStatus.Unauthorized,
        JobStatus.NotRun => RequiredStatus.NotRun,
        _ => RequiredStatus.Failed,
    });

    /// <summary>Why a job that needs this does not run.</summary>
    public string WhyNot(JobState required)
    {
        var wanted = string.Join(" or ", Requirement.Statuses.Select(Word));
        // Nobody wrote the lock, so its end alone would say little.
        var because = required is { Type: JobType.Lock, Reason.Length: > 0 } ? $": {required.Reason}" : "";
        return $"requires {Requirement.Job}: {wanted}, but {Requirement.Job} {Verb(required.Status)}{because}";
    }

    private static string Word(RequiredStatus status) => status switch
    {
        RequiredStatus.Success => "success",
        RequiredStatus.Failed => "failed",
        RequiredStatus.Canceled => "canceled",
        RequiredStatus.Unauthorized => "unauthorized",
        RequiredStatus.NotRun => "not_run",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Verb(JobStatus status) => status switch
    {
        JobStatus.Success => "succeeded",
        JobStatus.Failed => "failed",
        JobStatus.TimedOut => "timed out",
        JobStatus.InfrastructureFail => "was lost with its machine",
        JobStatus.Canceled => "was canceled",
        JobStatus.Unauthorized => "was denied a context",
        JobStatus.NotRun => "did not run",
        _ => "ended otherwise",
    };
}
