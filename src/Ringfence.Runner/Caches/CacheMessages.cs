using System.Globalization;

namespace Ringfence.Runner.Caches;

/// <summary>The log lines of <c>save_cache</c> and <c>restore_cache</c>.</summary>
public static class CacheMessages
{
    /// <summary>The key is there (EX-7.33).</summary>
    public static string AlreadyThere(CacheEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return $"Skipping cache generation, cache already exists for key: {entry.Key}\nFound one created at {Time(entry.CreatedAt)}";
    }

    /// <summary>A candidate that no key begins with (EX-7.37).</summary>
    public static string Missed(string candidate) => $"No cache is found for key: {candidate}";

    /// <summary>The cache that is restored.</summary>
    public static string Found(CacheEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return $"Found a cache created at {Time(entry.CreatedAt)} for key: {entry.Key} ({Bytes(entry.Size)})";
    }

    /// <summary>A cache was stored.</summary>
    public static string Saved(CacheEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return $"Stored cache for key: {entry.Key} ({Bytes(entry.Size)}, {Bytes(entry.StoredSize)} on disk)";
    }

    /// <summary>A cache was there but could not be used.</summary>
    public static string Damaged(CacheEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return $"Removed a damaged cache for key: {entry.Key}";
    }

    /// <summary>A path of <c>paths</c> is a link, which is stored as one.</summary>
    public static string OnlyLink(string path, string target) => $"Warning: {path} is a link, and only the link is stored. What it leads to is named {target}: add that to the paths";

    /// <summary>A path of <c>paths</c> is not there (EX-7.34).</summary>
    public static string MissingPath(string path) => $"Warning: skipping this path, which does not exist: {path}";

    /// <summary>None of the paths is there; no cache is made, and the step succeeds (EX-7.34).</summary>
    public static string NothingToSave => "Warning: none of the paths exists, so no cache was made.";

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Bytes(long count) => count switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{count} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{count / 1024.0:0.0} KiB"),
        < 1024L * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{count / (1024.0 * 1024):0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count / (1024.0 * 1024 * 1024):0.0} GiB"),
    };
}
