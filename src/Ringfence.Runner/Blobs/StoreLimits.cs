namespace Ringfence.Runner.Blobs;

/// <summary>How much the stores take, and for how long.</summary>
public sealed record StoreLimits
{
    /// <summary>The limits of a normal run.</summary>
    public static StoreLimits Default { get; } = new();

    /// <summary>How long a cache is kept at most (EX-7.40).</summary>
    public TimeSpan CacheRetention { get; init; } = TimeSpan.FromDays(15);

    /// <summary>How long a layer of a workspace is kept at most (EX-7.58).</summary>
    public TimeSpan WorkspaceRetention { get; init; } = TimeSpan.FromDays(15);

    /// <summary>How long test results are kept for a rerun of failed tests (section 16: 15 days).</summary>
    public TimeSpan TestResultRetention { get; init; } = TimeSpan.FromDays(15);

    /// <summary>Bytes on disk that all caches may take together; beyond, those used longest ago go.</summary>
    public long CacheBytes { get; init; } = 20L * 1024 * 1024 * 1024;
}
