namespace Ringfence.Gate.Policies;

/// <summary>A way by which something leaves a job.</summary>
public enum GateExit
{
    /// <summary>What steps print.</summary>
    Log,

    /// <summary>Stored artifacts.</summary>
    Artifact,

    /// <summary>Saved caches.</summary>
    Cache,

    /// <summary>Files kept for later jobs.</summary>
    Workspace,

    /// <summary>Test results, names and messages of tests included.</summary>
    TestResults,

    /// <summary>What a step leaves in <c>$BASH_ENV</c> for the next ones.</summary>
    BashEnv,

    /// <summary>The config and the parameters that continue a pipeline.</summary>
    Continuation,
}
