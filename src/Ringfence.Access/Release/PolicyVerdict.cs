namespace Ringfence.Access.Release;

/// <summary>What the organization's config policies said about the pipeline.</summary>
public enum PolicyVerdict
{
    /// <summary>Not known; denies.</summary>
    Unknown,

    /// <summary>There are no policies.</summary>
    None,

    /// <summary>All passed.</summary>
    Passed,

    /// <summary>Some failed that only warn.</summary>
    SoftFailure,

    /// <summary>One failed that forbids the pipeline.</summary>
    HardFailure,
}
