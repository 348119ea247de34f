namespace Ringfence.Keep.Ledgers;

/// <summary>Which releases of secrets are meant. What is null asks for nothing; what is given has to hold together.</summary>
public sealed record BlastQuery
{
    /// <summary>The name of a secret. The same value under other names is meant too.</summary>
    public string? Secret { get; init; }

    /// <summary>The context that holds the secret, by its name when it was released.</summary>
    public string? Context { get; init; }

    /// <summary>An image: exact, or without tag and digest for all of them.</summary>
    public string? Image { get; init; }

    /// <summary>An orb: an exact version, or without one for all.</summary>
    public string? Orb { get; init; }

    /// <summary>The beginning of a commit.</summary>
    public string? Commit { get; init; }

    /// <summary>The name of a job.</summary>
    public string? Job { get; init; }

    /// <summary>Only releases from this time on.</summary>
    public DateTimeOffset Since { get; init; }
}
