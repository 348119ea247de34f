namespace Ringfence.Gate.Archives;

/// <summary>How far the gate looks into archives. What lies beyond is reported as unknown.</summary>
public sealed record ScanLimits
{
    /// <summary>The limits of a normal run.</summary>
    public static ScanLimits Default { get; } = new();

    /// <summary>Archives and compressions within one another.</summary>
    public int Depth { get; init; } = 10;

    /// <summary>Bytes that come out of all compressions of one scan together.</summary>
    public long ExpandedBytes { get; init; } = 64L * 1024 * 1024 * 1024;

    /// <summary>How many bytes one byte may expand to, beyond the first <see cref="FreeBytes"/>.</summary>
    public int Ratio { get; init; } = 200;

    /// <summary>Expanded bytes of one compression that the ratio does not count, since small things may compress well.</summary>
    public long FreeBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Entries of all archives of one scan together.</summary>
    public int Entries { get; init; } = 1_000_000;

    /// <summary>Bytes of a zip within something else; it is held in memory, since its directory stands at its end.</summary>
    public int NestedZipBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>Bytes of the directory of a zip; all of it is read before the first entry, and takes several times as much memory.</summary>
    public int DirectoryBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Bytes of a name or an extended header in a tar.</summary>
    public int HeaderBytes { get; init; } = 1024 * 1024;
}
