namespace Ringfence.Cli.Run;

/// <summary>What jobs run in.</summary>
internal enum SandboxKind
{
    /// <summary>What the config says: containers for <c>docker</c>, a fenced process for <c>machine</c>.</summary>
    AsConfigured,

    /// <summary>Containers; a <c>machine</c> needs an image rule.</summary>
    Docker,

    /// <summary>Fenced processes of this machine, whatever image the config names.</summary>
    Process,

    /// <summary>Plain processes without any isolation.</summary>
    Unfenced,
}
