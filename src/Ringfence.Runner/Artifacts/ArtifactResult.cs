using System.Collections.Immutable;

namespace Ringfence.Runner.Artifacts;

/// <summary>What a step stored.</summary>
/// <param name="Stored">The files.</param>
/// <param name="LeftOut">Names of files above 3 GB, and of links that lead nowhere.</param>
public sealed record ArtifactResult(ImmutableArray<StoredArtifact> Stored, ImmutableArray<string> LeftOut);
