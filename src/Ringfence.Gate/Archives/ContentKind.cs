namespace Ringfence.Gate.Archives;

/// <summary>What a stream begins like.</summary>
internal enum ContentKind
{
    Other,
    Gzip,
    Zstandard,
    Zip,
    Tar,

    /// <summary>Compressed in a way that the gate cannot undo.</summary>
    Opaque,
}
