using System.Collections.Immutable;
using Ringfence.Runner.Blobs;

namespace Ringfence.Runner.Caches;

/// <summary>What <c>restore_cache</c> found.</summary>
/// <param name="Missed">The candidates that no cache begins with, in order (EX-7.37).</param>
/// <param name="Damaged">Caches that would have been used but are damaged; they have been removed.</param>
public abstract record CacheFindResult(ImmutableArray<string> Missed, ImmutableArray<CacheEntry> Damaged)
{
    /// <summary>A cache. Its content, a tar, was checked; the caller disposes it.</summary>
    public sealed record Hit(CacheEntry Entry, BlobContent Content, ImmutableArray<string> Missed, ImmutableArray<CacheEntry> Damaged)
        : CacheFindResult(Missed, Damaged);

    /// <summary>None.</summary>
    public sealed record Miss(ImmutableArray<string> Missed, ImmutableArray<CacheEntry> Damaged) : CacheFindResult(Missed, Damaged);
}
