namespace Ringfence.Runner.Archives;

/// <summary>A file that was unpacked.</summary>
/// <param name="Path">Its name below the folder, with forward slashes.</param>
/// <param name="Size">Bytes.</param>
public sealed record ExtractedFile(string Path, long Size);
