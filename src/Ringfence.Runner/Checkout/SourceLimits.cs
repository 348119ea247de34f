namespace Ringfence.Runner.Checkout;

/// <summary>How much code a run takes along. What git keeps of the history is not counted.</summary>
public sealed record SourceLimits
{
    /// <summary>The limits of a normal run: the largest repositories pass, a home folder taken by mistake does not.</summary>
    public static SourceLimits Default { get; } = new();

    /// <summary>Files and links, those of submodules included.</summary>
    public int Files { get; init; } = 500_000;

    /// <summary>Bytes of all files together.</summary>
    public long Bytes { get; init; } = 10L * 1024 * 1024 * 1024;

    /// <summary>How deep submodules may lie within each other.</summary>
    public int Submodules { get; init; } = 16;
}
