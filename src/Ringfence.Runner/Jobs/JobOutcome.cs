namespace Ringfence.Runner.Jobs;

/// <summary>How one parallel run of a job ended (EX-3.8 to EX-3.10).</summary>
public enum JobOutcome
{
    /// <summary>No step failed.</summary>
    Success,

    /// <summary>A step failed.</summary>
    Failed,

    /// <summary>It ran longer than a job may.</summary>
    TimedOut,

    /// <summary>It was canceled.</summary>
    Canceled,

    /// <summary>It was denied a secret and did not run (CTX-50).</summary>
    Unauthorized,

    /// <summary>Its sandbox could not be had, or broke (EX-3.5).</summary>
    InfrastructureFail,
}
