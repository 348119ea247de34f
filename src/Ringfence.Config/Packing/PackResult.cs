using System.Collections.Immutable;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Packing;

/// <summary>What came of packing a tree.</summary>
/// <param name="Packed">The document, whose values know the files they come from; null when something was refused.</param>
/// <param name="Diagnostics">Everything there is to say about the tree.</param>
public sealed record PackResult(YamlMapping? Packed, ImmutableArray<Diagnostic> Diagnostics);
