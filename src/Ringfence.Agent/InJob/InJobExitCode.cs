namespace Ringfence.Agent.InJob;

/// <summary>How the command ended. Scripts ask for zero or not only, so the numbers are those of the <c>ringfence</c> program rather than CircleCI's undocumented ones.</summary>
internal static class InJobExitCode
{
    /// <summary>What was asked is done.</summary>
    public const int Success = 0;

    /// <summary>The call was right, but it cannot be done here.</summary>
    public const int Failed = 1;

    /// <summary>The call is wrong: an unknown command or flag, or a value that cannot be.</summary>
    public const int WrongUse = 2;
}
