namespace Ringfence.Runner.Archives;

/// <summary>Which entries of a tar are unpacked, and under which name.</summary>
public sealed record ExtractionChoice
{
    /// <summary>Everything, links and folders included.</summary>
    public static ExtractionChoice All { get; } = new();

    /// <summary>Whether symbolic links are made; otherwise they are left out.</summary>
    public bool Links { get; init; } = true;

    /// <summary>Whether folders are made that hold no file.</summary>
    public bool EmptyFolders { get; init; } = true;

    /// <summary>Bytes of one file; a larger one is left out.</summary>
    public long FileBytes { get; init; } = long.MaxValue;

    /// <summary>The name below the folder, from the cleaned name in the archive.</summary>
    public Func<string, string> Name { get; init; } = static name => name;
}
