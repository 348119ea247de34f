using System.Collections.Immutable;

namespace Ringfence.Runner.Caches;

/// <summary>A piece of a key template.</summary>
internal abstract record CacheKeyPart
{
    private CacheKeyPart()
    {
    }

    public sealed record Text(string Value) : CacheKeyPart;

    /// <param name="Names">Such as <c>Environment</c>, <c>NAME</c>.</param>
    /// <param name="Written">As Go shows it in errors.</param>
    /// <param name="Position">Where it is.</param>
    public sealed record Field(ImmutableArray<string> Names, string Written, CacheKeyPosition Position) : CacheKeyPart;

    public sealed record Constant(string Value, string Written) : CacheKeyPart;

    public sealed record Checksum(CacheKeyPart File, string Written, CacheKeyPosition Position) : CacheKeyPart;

    public sealed record Epoch : CacheKeyPart;

    public sealed record Arch : CacheKeyPart;
}
