using Ringfence.Access.Release;

namespace Ringfence.Access.Tests.Release;

public sealed class ForkClassifierTests
{
    private static readonly ForkEvidence Own = new() { OriginRepository = "1", TargetRepository = "1", Reference = "refs/heads/main", IsCalledFork = false };

    [Fact]
    [Rule("FORK-10")]
    public void Two_ids_make_a_fork()
    {
        Assert.Equal(ForkState.Own, ForkClassifier.Classify(Own));
        Assert.Equal(ForkState.Fork, ForkClassifier.Classify(Own with { OriginRepository = "2" }));
    }

    [Fact]
    [Rule("FORK-11")]
    public void Missing_or_contradictory_evidence_is_never_the_own_repository()
    {
        Assert.Equal(ForkState.Unknown, ForkClassifier.Classify(new ForkEvidence()));
        Assert.Equal(ForkState.Unknown, ForkClassifier.Classify(Own with { OriginRepository = null }));
        Assert.Equal(ForkState.Unknown, ForkClassifier.Classify(Own with { TargetRepository = " " }));
        Assert.Equal(ForkState.Unknown, ForkClassifier.Classify(Own with { Reference = null }));
        Assert.Equal(ForkState.Fork, ForkClassifier.Classify(Own with { IsCalledFork = true }));
        Assert.Equal(ForkState.Fork, ForkClassifier.Classify(Own with { OriginRepository = "2", IsCalledFork = false }));
    }

    [Fact]
    [Rule("FORK-12")]
    public void A_branch_made_for_an_outsider_keeps_the_taint() => Assert.Equal(ForkState.Fork, ForkClassifier.Classify(Own with { IsMadeForOutsider = true }));

    [Theory]
    [Rule("FORK-13")]
    [InlineData("refs/pull/7/head")]
    [InlineData("refs/pull/7/merge")]
    [InlineData("pull/7/head")]
    [InlineData("pull/7")]
    [InlineData("refs/merge-requests/7/head")]
    [InlineData("refs/pull-requests/7/from")]
    public void A_reference_of_a_pull_request_may_hold_anything(string reference) =>
        Assert.Equal(ForkState.Fork, ForkClassifier.Classify(Own with { Reference = reference }));

    [Theory]
    [Rule("FORK-13")]
    [InlineData(ForkState.Fork, ForkState.Fork)]
    [InlineData(ForkState.Unknown, ForkState.Unknown)]
    [InlineData(ForkState.Own, ForkState.Own)]
    public void A_rerun_is_no_better_than_what_it_repeats(ForkState earlier, ForkState now) => Assert.Equal(now, ForkClassifier.Classify(Own with { Earlier = earlier }));
}
