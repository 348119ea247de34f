namespace Ringfence.Access.Release;

/// <summary>Decides whether code comes from a fork. One path for all forges (FORK-10); missing or contradictory evidence means fork (FORK-11).</summary>
public static class ForkClassifier
{
    private static readonly string[] PullRequestReferences = ["refs/pull/", "refs/pull-requests/", "refs/merge-requests/", "pull/", "merge-requests/"];

    /// <summary>The state: <see cref="ForkState.Own"/> only when everything says so. A rerun or an approval never turns a fork into something else (FORK-13).</summary>
    public static ForkState Classify(ForkEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        if (evidence.Earlier == ForkState.Fork || evidence.IsMadeForOutsider || evidence.IsCalledFork == true)
            return ForkState.Fork;
        if (string.IsNullOrWhiteSpace(evidence.OriginRepository) || string.IsNullOrWhiteSpace(evidence.TargetRepository))
            return ForkState.Unknown;
        if (!string.Equals(evidence.OriginRepository, evidence.TargetRepository, StringComparison.Ordinal))
            return ForkState.Fork;

        // A forge keeps pull requests of forks under these names in the target repository, so that its id says nothing.
        if (evidence.Reference is { } name && PullRequestReferences.Any(p => name.StartsWith(p, StringComparison.Ordinal)))
            return ForkState.Fork;

        return string.IsNullOrWhiteSpace(evidence.Reference) || evidence.Earlier == ForkState.Unknown ? ForkState.Unknown : ForkState.Own;
    }
}
