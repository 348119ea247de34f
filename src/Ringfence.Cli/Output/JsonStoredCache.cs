namespace Ringfence.Cli.Output;

/// <summary>One line of <c>cache ls --format json</c>; sizes are bytes.</summary>
internal sealed record JsonStoredCache(
    string Project, string Key, long Size, long StoredSize, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt);
