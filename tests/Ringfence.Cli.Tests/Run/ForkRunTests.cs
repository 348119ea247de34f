namespace Ringfence.Cli.Tests.Run;

/// <summary>Runs that are said to be of a pull request of a fork.</summary>
public sealed class ForkRunTests
{
    [Fact]
    [Rule("EX-7.39", "EX-14.4", "FORK-4")]
    public async Task Share_no_cache_with_the_project_or_with_other_pull_requests()
    {
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              build:
                machine: true
                steps:
                  - restore_cache: {key: v1}
                  - run: 'echo "found [$(cat kept.txt 2>/dev/null)] on $CIRCLE_BRANCH"; echo "of $CIRCLE_BRANCH" > kept.txt'
                  - save_cache: {key: v1, paths: [kept.txt]}
            workflows: {main: {jobs: [build]}}
            """)).Committed();

        Assert.Contains("| found [] on main\n", (await trial.Run()).Out, StringComparison.Ordinal);
        Assert.Contains("| found [] on pull/7\n", (await trial.Run("--pr", "7", "--as-fork")).Out, StringComparison.Ordinal);
        Assert.Contains("| found [] on pull/8\n", (await trial.Run("--pr", "8", "--as-fork")).Out, StringComparison.Ordinal);
        Assert.Contains("| found [of pull/7] on pull/7\n", (await trial.Run("--pr", "7", "--as-fork")).Out, StringComparison.Ordinal);
        Assert.Contains("| found [of main] on main\n", (await trial.Run("--pr", "7")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [Rule("EX-8.11")]
    [InlineData("branch [main] tag [] number []")]
    [InlineData("branch [main] tag [] number []", "--pr", "7")]
    [InlineData("branch [pull/7] tag [] number [7]", "--pr", "7", "--as-fork")]
    [InlineData("branch [] tag [v1] number []", "--tag", "v1")]
    public async Task Have_a_number_of_their_own_and_a_tag_is_no_branch(string expected, params string[] options)
    {
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              facts: {machine: true, steps: [run: "echo branch [$CIRCLE_BRANCH] tag [$CIRCLE_TAG] number [$CIRCLE_PR_NUMBER]"]}
            workflows: {main: {jobs: [facts: {filters: {tags: {only: v1}}}]}}
            """)).Committed();

        Assert.Contains($"| {expected}\n", (await trial.Run(options)).Out, StringComparison.Ordinal);
    }
}
