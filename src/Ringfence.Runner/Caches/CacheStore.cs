using System.Collections.Immutable;
using Ringfence.Primitives;
using Ringfence.Runner.Blobs;

namespace Ringfence.Runner.Caches;

/// <summary>The caches of all projects on this machine. Several processes may use it at once; a key is written once and never changes.</summary>
public sealed class CacheStore(BlobStore blobs, TimeProvider clock, StoreLimits limits)
{
    private readonly string _folder = Path.Combine(blobs.Root, BlobReferences.Caches);

    /// <summary>The cache with exactly this key; with it, a caller saves itself the making of the tar (EX-7.33).</summary>
    public CacheEntry? FindExact(string scope, string key) =>
        Read(PathOf(scope, key)) is { } entry && entry.Key == key && entry.Scope == scope && IsUsable(entry) ? entry : null;

    /// <summary>Stores a tar under a key, unless the key is there by the time all of it is read: the first that is complete wins (EX-7.35).</summary>
    /// <param name="scope">What shares caches: a project; a fork has a scope of its own (EX-7.39).</param>
    /// <param name="key">At most 900 characters.</param>
    /// <param name="tar">The content.</param>
    /// <param name="retention">Shorter than the store's, where the job says so (EX-7.40); null for the store's.</param>
    /// <param name="cancel">Stops; nothing is left.</param>
    /// <exception cref="StoreException">The disk is full or cannot be written; nothing is left.</exception>
    public async Task<CacheSaveResult> SaveAsync(string scope, string key, Stream tar, TimeSpan? retention, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrEmpty(scope);
        ArgumentNullException.ThrowIfNull(key);
        if (FindExact(scope, key) is { } before)
            return new CacheSaveResult.AlreadyThere(before);

        CacheSaveResult? result = null;
        await blobs.PutAsync(
            tar,
            blob =>
            {
                if (FindExact(scope, key) is { } first)
                {
                    result = new CacheSaveResult.AlreadyThere(first);
                    return null;
                }

                var entry = Made(scope, key, blob, retention);
                result = new CacheSaveResult.Saved(entry);
                return () =>
                {
                    Write(entry);
                    MakeRoom(entry);
                };
            },
            cancel);
        return result!;
    }

    /// <summary>
    /// Takes the candidates in order; of the first that any key begins with, the newest such cache. An exact match does not win over a newer
    /// longer key (EX-7.36).
    /// </summary>
    public async Task<CacheFindResult> FindAsync(string scope, IReadOnlyList<string> candidates, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        var missed = ImmutableArray.CreateBuilder<string>();
        var damaged = ImmutableArray.CreateBuilder<CacheEntry>();
        var entries = EntriesOf(scope).Where(IsUsable).OrderByDescending(e => e.CreatedAt).ToList();
        foreach (var candidate in candidates)
        {
            foreach (var entry in entries.Where(e => e.Key.StartsWith(candidate, StringComparison.Ordinal)))
            {
                try
                {
                    var content = blobs.Open(entry.Digest, cancel);
                    Touch(entry);
                    return new CacheFindResult.Hit(entry, content, missed.ToImmutable(), damaged.ToImmutable());
                }
                catch (DamagedBlobException)
                {
                    damaged.Add(entry);
                    await RemoveAsync(entry, cancel);
                }
            }

            entries.RemoveAll(damaged.Contains);
            missed.Add(candidate);
        }

        return new CacheFindResult.Miss(missed.ToImmutable(), damaged.ToImmutable());
    }

    /// <summary>All caches that have not expired, by scope, the newest first.</summary>
    public ImmutableArray<CacheEntry> List() =>
        [.. Entries(_folder).Where(IsFresh).OrderBy(e => e.Scope, StringComparer.Ordinal).ThenByDescending(e => e.CreatedAt)];

    /// <summary>Removes the caches of a scope whose key begins so; gives back those that were removed.</summary>
    public async Task<ImmutableArray<CacheEntry>> RemoveAsync(string scope, string prefix, CancellationToken cancel)
    {
        using var claim = await StoreLock.TakeAsync(blobs.Root, cancel);
        var removed = EntriesOf(scope).Where(e => e.Key.StartsWith(prefix, StringComparison.Ordinal)).ToImmutableArray();
        foreach (var entry in removed)
            IndexFile.Remove(PathOf(entry.Scope, entry.Key));
        if (removed.Length > 0)
            blobs.Sweep();
        return removed;
    }

    /// <summary>Removes what has expired, what has lost its content, and beyond the limit what was used longest ago; gives back how many.</summary>
    public async Task<int> PruneAsync(CancellationToken cancel)
    {
        using var claim = await StoreLock.TakeAsync(blobs.Root, cancel);
        return RemoveOver(keep: null);
    }

    private async Task RemoveAsync(CacheEntry entry, CancellationToken cancel)
    {
        using var claim = await StoreLock.TakeAsync(blobs.Root, cancel);
        // Somebody may have stored the key anew in the meantime.
        if (Read(PathOf(entry.Scope, entry.Key)) is { } now && now.CreatedAt == entry.CreatedAt)
            IndexFile.Remove(PathOf(entry.Scope, entry.Key));
    }

    /// <summary>Under the lock. Each is newer than all others of its scope, also where the clock stands still or goes back.</summary>
    private CacheEntry Made(string scope, string key, BlobEntry blob, TimeSpan? retention)
    {
        var now = clock.GetUtcNow();
        var newest = EntriesOf(scope).Select(e => e.CreatedAt).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        var created = newest >= now ? newest.AddTicks(1) : now;
        var kept = retention is { } shorter && shorter < limits.CacheRetention ? shorter : limits.CacheRetention;
        return new CacheEntry(scope, key, created, now + kept, now, blob.Digest, blob.Size, blob.StoredSize);
    }

    private void Write(CacheEntry entry)
    {
        var line = new CacheIndexLine(entry.Scope, entry.Key, entry.CreatedAt, entry.ExpiresAt, entry.Digest.ToString(), entry.Size, entry.StoredSize);
        IndexFile.Write(PathOf(entry.Scope, entry.Key), line, StoreJson.Default.CacheIndexLine);
        Touch(entry);
    }

    private void MakeRoom(CacheEntry newest)
    {
        if (RemoveOver(newest) > 0)
            blobs.Sweep();
    }

    private int RemoveOver(CacheEntry? keep)
    {
        var removed = 0;
        long bytes = 0;
        // Two caches may share a blob; the bytes count once, for the one used last.
        var seen = new HashSet<Digest>();
        foreach (var entry in Entries(_folder).OrderByDescending(e => e.Key == keep?.Key && e.Scope == keep.Scope).ThenByDescending(e => e.LastUsedAt))
        {
            var size = seen.Contains(entry.Digest) ? 0 : entry.StoredSize;
            var isKept = keep is not null && entry.Key == keep.Key && entry.Scope == keep.Scope;
            if (isKept || (IsUsable(entry) && bytes + size <= limits.CacheBytes))
            {
                bytes += size;
                seen.Add(entry.Digest);
                continue;
            }

            IndexFile.Remove(PathOf(entry.Scope, entry.Key));
            removed++;
        }

        return removed;
    }

    private void Touch(CacheEntry entry)
    {
        try
        {
            File.SetLastWriteTimeUtc(PathOf(entry.Scope, entry.Key), clock.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It was removed just now, or is somebody else's; only the order of eviction suffers.
        }
    }

    private bool IsFresh(CacheEntry entry) => entry.ExpiresAt > clock.GetUtcNow();

    private bool IsUsable(CacheEntry entry) => IsFresh(entry) && blobs.Contains(entry.Digest);

    // Where the file system does not tell capitals apart, two scopes may share a folder, but not what is in it.
    private IEnumerable<CacheEntry> EntriesOf(string scope) => Entries(ScopeFolder(scope)).Where(e => e.Scope == scope);

    private static IEnumerable<CacheEntry> Entries(string folder) => IndexFile.All(folder).Select(Read).OfType<CacheEntry>();

    private static CacheEntry? Read(string path)
    {
        if (IndexFile.TryRead(path, StoreJson.Default.CacheIndexLine) is not { } line || !Digest.TryParse(line.Digest, out var digest))
            return null;

        var used = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
        return new CacheEntry(line.Scope, line.Key, line.CreatedAt, line.ExpiresAt, used, digest, line.Size, line.StoredSize);
    }

    private string ScopeFolder(string scope) => Path.Combine(_folder, FolderName.Of(scope));

    private string PathOf(string scope, string key) => Path.Combine(ScopeFolder(scope), FolderName.Hash(key) + ".json");
}
