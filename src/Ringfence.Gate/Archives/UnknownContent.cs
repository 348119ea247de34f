namespace Ringfence.Gate.Archives;

/// <summary>Something that the gate could not look into to its end. Its raw bytes were searched all the same.</summary>
/// <param name="Path">The file, with what it lies in.</param>
/// <param name="Reason">One sentence.</param>
public sealed record UnknownContent(string Path, string Reason);
