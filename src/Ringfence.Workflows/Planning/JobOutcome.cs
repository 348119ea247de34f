namespace Ringfence.Workflows.Planning;

/// <summary>How an attempt at a job ended, as the one who ran it says.</summary>
public enum JobOutcome
{
    /// <summary>No step failed.</summary>
    Success,

    /// <summary>A step failed.</summary>
    Failed,

    /// <summary>It ran longer than it may.</summary>
    TimedOut,

    /// <summary>The machine was lost, and it is not worth another attempt.</summary>
    InfrastructureFail,

    /// <summary>It was stopped, as <see cref="Decision.CancelJob"/> asked, or never taken up because of that.</summary>
    Canceled,

    /// <summary>A context was denied; no step ran (CL-17.20).</summary>
    Unauthorized,

    /// <summary>Nothing here can run it, such as a macOS machine; no step ran. What requires <c>not_run</c> of it goes on.</summary>
    NotRun,
}
