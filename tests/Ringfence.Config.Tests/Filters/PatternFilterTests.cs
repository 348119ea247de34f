using Ringfence.Config.Filters;

namespace Ringfence.Config.Tests.Filters;

public sealed class PatternFilterTests
{
    [Rule("CL-16.20")]
    [Theory]
    [InlineData("main", "main", true)]
    [InlineData("main", "Main", false)]
    [InlineData("main", "main2", false)]
    [InlineData("main dev", "dev", true)]
    [InlineData("/release.*/", "release-1", true)]
    [InlineData("/release.*/", "my-release", false)]
    [InlineData("dev /release.*/", "dev", true)]
    [InlineData("", "dev", false)]
    public void Takes_an_exact_name_or_a_pattern(string only, string branch, bool runs) =>
        Assert.Equal(runs, Branch(AWorkflow.Patterns(branchesOnly: only), branch));

    [Rule("CL-16.21")]
    [Rule("CL-16.28")]
    [Theory]
    [InlineData("/^config-test/", "config-test", true)]
    [InlineData("/^config-test/", "config-test-2", false)]
    [InlineData("/a|b/", "a", true)]
    [InlineData("/a|b/", "ab", false)]
    [InlineData("/a|b/", "ba", false)]
    [InlineData("/x/", "X", false)]
    [InlineData("/main/", "main\n", false)]
    public void Matches_the_whole_name(string pattern, string branch, bool runs) =>
        Assert.Equal(runs, Branch(AWorkflow.Patterns(branchesOnly: pattern), branch));

    [Rule("CL-16.28")]
    [Theory]
    [InlineData("/(?=main)main/")]
    [InlineData("/(?!x).*/")]
    [InlineData("/(a)\\1/")]
    public void Refuses_patterns_that_need_backtracking(string pattern)
    {
        Assert.Null(NamePattern.Parse(pattern, out var whyNot));
        Assert.NotEmpty(whyNot!);
    }

    [Rule("CL-16.22")]
    [Theory]
    [InlineData(null, null, "dev", true)]
    [InlineData("main", null, "main", true)]
    [InlineData("main", null, "dev", false)]
    [InlineData(null, "main", "main", false)]
    [InlineData(null, "main", "dev", true)]
    [InlineData("main", "main", "main", true)]
    [InlineData("main", "dev", "other", false)]
    [InlineData("/.*/", "dev", "dev", true)]
    public void Decides_a_branch_by_only_and_then_by_ignore(string? only, string? ignore, string branch, bool runs) =>
        Assert.Equal(runs, Branch(AWorkflow.Patterns(only, ignore), branch));

    [Rule("CL-16.23")]
    [Theory]
    [InlineData(null, null, false)]
    [InlineData("/^v.*/", null, true)]
    [InlineData("/^x.*/", null, false)]
    [InlineData(null, "/^x.*/", true)]
    [InlineData(null, "/^v.*/", false)]
    [InlineData("/^v.*/", "/^v.*/", true)]
    public void Runs_on_a_tag_only_with_a_filter_for_tags(string? only, string? ignore, bool runs) =>
        Assert.Equal(runs, Tag(AWorkflow.Patterns(tagsOnly: only, tagsIgnore: ignore), "v1.0"));

    [Rule("CL-16.23")]
    [Fact]
    public void Does_not_run_on_a_tag_without_a_filter_or_with_an_empty_one()
    {
        Assert.False(Tag(new JobFilter.None(), "v1.0"));
        Assert.False(Tag(AWorkflow.Patterns(branchesOnly: "/.*/"), "v1.0"));
        Assert.False(Tag(new JobFilter.Patterns(null, new NamePatterns(null, null)), "v1.0"));
    }

    [Rule("CL-16.25")]
    [Theory]
    [InlineData(null, "dev", "", true)]
    [InlineData(null, "", "v1", true)]
    [InlineData("/.*/", "dev", "", false)]
    [InlineData("/.*/", "", "v1", true)]
    public void Is_not_restricted_on_branches_by_a_filter_for_tags(string? branchesIgnore, string branch, string tag, bool runs) =>
        Assert.Equal(runs, Runs(AWorkflow.Patterns(branchesIgnore: branchesIgnore, tagsOnly: "/^v.*/"), branch, tag));

    [Rule("CL-16.26")]
    [Theory]
    [InlineData("main", null, "x", null, true)]
    [InlineData("dev", null, "v1", null, false)]
    [InlineData(null, "main", "v1", null, false)]
    [InlineData(null, null, null, "v1", false)]
    [InlineData(null, null, null, "x", true)]
    [InlineData(null, null, "x", null, true)]
    [InlineData(null, null, "x", "v1", true)]
    [InlineData("main", null, null, "v1", true)]
    public void Asks_the_branch_first_when_a_push_has_both(string? only, string? ignore, string? tagsOnly, string? tagsIgnore, bool runs) =>
        Assert.Equal(runs, Runs(AWorkflow.Patterns(only, ignore, tagsOnly, tagsIgnore), "main", "v1"));

    [Theory]
    [InlineData("main /release.*/", null, "dev", "branch 'dev' is not in only: main, /release.*/")]
    [InlineData(null, "dev", "dev", "branch 'dev' is in ignore: dev")]
    [InlineData(null, "main /d.*/", "dev", "branch 'dev' is in ignore: main, /d.*/ (by /d.*/)")]
    [InlineData("main", null, "", "the missing branch is not in only: main")]
    [InlineData("", null, "dev", "branch 'dev' is not in only: (nothing)")]
    public void Says_what_decided(string? only, string? ignore, string branch, string reason) =>
        Assert.Equal(reason, new AWorkflow().With("j", AWorkflow.Patterns(only, ignore)).Decide(branch)[0].Reason);

    [Fact]
    public void Says_that_a_filter_for_tags_is_missing() =>
        Assert.Equal("it has no filter for tags, so it does not run on tag 'v1'", new AWorkflow().With("j").Decide(tag: "v1")[0].Reason);

    private static bool Branch(JobFilter filter, string branch) => Runs(filter, branch, "");

    private static bool Tag(JobFilter filter, string tag) => Runs(filter, "", tag);

    private static bool Runs(JobFilter filter, string branch, string tag) => new AWorkflow().With("j", filter).Decide(branch, tag)[0].Runs;
}
