using System.Collections.Immutable;

namespace Ringfence.Runner.Archives;

/// <summary>What came out of a tar.</summary>
/// <param name="Files">The files, in the order of the archive; one that came twice is there once, as it was last.</param>
/// <param name="LeftOut">Names that the caller's choice left out.</param>
public sealed record Extraction(ImmutableArray<ExtractedFile> Files, ImmutableArray<string> LeftOut);
