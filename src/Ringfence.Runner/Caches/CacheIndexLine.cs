namespace Ringfence.Runner.Caches;

/// <summary>The file that names a cache; the time of its last use is the time of the file.</summary>
internal sealed record CacheIndexLine(
    string Scope, string Key, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string Digest, long Size, long StoredSize);
