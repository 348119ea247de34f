namespace Ringfence.Access.Release;

/// <summary>By what somebody became an actor of the job.</summary>
public enum ActorStanding
{
    /// <summary>Not known; denies.</summary>
    Unknown,

    /// <summary>Started the pipeline, as its trigger says.</summary>
    Started,

    /// <summary>Approved the job before it (ACT-2).</summary>
    Approved,

    /// <summary>Started it again by hand (ACT-4).</summary>
    Reran,
}
