using Ringfence.Config.Values;

namespace Ringfence.Cli.Git;

/// <summary>What a working copy says about itself.</summary>
/// <param name="Facts">What pipeline values are made of.</param>
/// <param name="DefaultBranch">The branch that <c>origin/HEAD</c> names; null when it is not known.</param>
internal sealed record GitState(GitFacts Facts, string? DefaultBranch)
{
    /// <summary>There is no working copy.</summary>
    public static GitState None { get; } = new(GitFacts.None, null);
}
