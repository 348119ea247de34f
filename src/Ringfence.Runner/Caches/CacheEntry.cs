using Ringfence.Primitives;

namespace Ringfence.Runner.Caches;

/// <summary>A stored cache. It never changes.</summary>
/// <param name="Scope">What shares it: a project, or the forks of one owner (EX-7.39).</param>
/// <param name="Key">Its key.</param>
/// <param name="CreatedAt">When it was complete.</param>
/// <param name="ExpiresAt">When it is forgotten.</param>
/// <param name="LastUsedAt">When it was last restored, or stored.</param>
/// <param name="Digest">Its content, a tar.</param>
/// <param name="Size">Bytes of the tar.</param>
/// <param name="StoredSize">Bytes on disk.</param>
public sealed record CacheEntry(
    string Scope, string Key, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset LastUsedAt, Digest Digest, long Size, long StoredSize);
