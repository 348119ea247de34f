using System.Collections.Immutable;

namespace Ringfence.Config.Filters;

/// <summary>The <c>only</c> and <c>ignore</c> of a filter. <c>only</c> decides alone when it is written (CL-16.22).</summary>
/// <param name="Only">Names that run, or null when not written.</param>
/// <param name="Ignore">Names that do not run, or null when not written.</param>
public sealed record NamePatterns(ImmutableArray<NamePattern>? Only, ImmutableArray<NamePattern>? Ignore);
