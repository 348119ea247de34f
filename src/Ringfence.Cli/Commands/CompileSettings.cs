using System.Collections.Immutable;

namespace Ringfence.Cli.Commands;

/// <summary>What a user asked to be compiled, and as what kind of pipeline.</summary>
internal sealed record CompileSettings
{
    /// <summary>The config as the user named it; <c>-</c> is standard input.</summary>
    public required string Path { get; init; }

    /// <summary>A file or an inline map of pipeline parameters, or null.</summary>
    public string? Parameters { get; init; }

    /// <summary>The branch instead of the one that is checked out, or null.</summary>
    public string? Branch { get; init; }

    /// <summary>The tag instead of the one at the commit, or null.</summary>
    public string? Tag { get; init; }

    /// <summary>The number of a pull request, or null.</summary>
    public int? PullRequest { get; init; }

    /// <summary>Whether the pull request comes from a fork.</summary>
    public bool AsFork { get; init; }

    /// <summary>A file with pipeline values, or null.</summary>
    public string? EventFile { get; init; }

    /// <summary>CL-1.12.</summary>
    public bool HoldAllVersionsToLatestRules { get; init; }

    /// <summary>Further addresses that URL orbs may come from.</summary>
    public ImmutableArray<string> OrbUrls { get; init; } = [];
}
