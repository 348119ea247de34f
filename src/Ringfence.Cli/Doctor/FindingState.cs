namespace Ringfence.Cli.Doctor;

/// <summary>How something of this machine is.</summary>
internal enum FindingState
{
    /// <summary>It is as it should be.</summary>
    Ok,

    /// <summary>Jobs run without it, or not all of them, or not well.</summary>
    Warning,

    /// <summary>It is not there, or cannot be used.</summary>
    Missing,
}
