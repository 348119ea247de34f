namespace Ringfence.Runner.Archives;

/// <summary>How much of a tar is taken.</summary>
public sealed record ArchiveLimits
{
    /// <summary>The limits of a normal run.</summary>
    public static ArchiveLimits Default { get; } = new();

    /// <summary>Files, folders and links.</summary>
    public int Entries { get; init; } = 1_000_000;

    /// <summary>Bytes of all files together.</summary>
    public long Bytes { get; init; } = 100L * 1024 * 1024 * 1024;

    /// <summary>Bytes of the name of one entry or link.</summary>
    public int NameBytes { get; init; } = 4096;

    /// <summary>Bytes of what a header of variable length may hold (pax records, long names).</summary>
    public int HeaderBytes { get; init; } = 1024 * 1024;
}
