namespace Ringfence.Cli.Tests.Run;

/// <summary>The old step <c>deploy</c> in jobs with parallel runs.</summary>
public sealed class DeployRunTests
{
    [Theory]
    [Rule("EX-7.60")]
    [InlineData("1")]
    [InlineData("4")]
    public async Task Is_done_by_the_first_parallel_run_after_all_others_have_come_to_it(string atATime)
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              ship:
                machine: true
                parallelism: 3
                steps:
                  - run: 'echo "ready $CIRCLE_NODE_INDEX"'
                  - deploy: {name: first, command: 'echo "deployed by $CIRCLE_NODE_INDEX"'}
                  - run: 'echo "later $CIRCLE_NODE_INDEX"'
                  - deploy: {name: second, command: 'echo "again by $CIRCLE_NODE_INDEX"'}
            workflows: {main: {jobs: [ship]}}
            """);

        var result = await trial.Run("--jobs", atATime);

        Assert.True(result.Exit == (int)ExitCode.Success, result.Transcript);
        var lines = result.Out.Split('\n').Select(line => line.Split("| ")[^1]).ToList();
        Assert.Single(lines, line => line.StartsWith("deployed by", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("again by", StringComparison.Ordinal));
        Assert.All(["ready 0", "ready 1", "ready 2"], ready => Assert.InRange(lines.IndexOf(ready), 0, lines.IndexOf("deployed by 0")));
        Assert.All(["later 0", "later 1", "later 2"], later => Assert.InRange(lines.IndexOf(later), 0, lines.IndexOf("again by 0")));
        Assert.Equal(4, lines.Count(line => line == "Of several parallel runs, only the first (0) does this step, once all others have come here."));
    }

    [Fact]
    [Rule("EX-7.60")]
    public async Task Is_not_done_when_another_parallel_run_has_failed()
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              ship:
                machine: true
                parallelism: 3
                steps:
                  - run: '[ "$CIRCLE_NODE_INDEX" != 2 ]'
                  - deploy: {command: 'echo "deployed by $CIRCLE_NODE_INDEX"'}
                  - deploy: {command: 'echo "told by $CIRCLE_NODE_INDEX"', when: always}
            workflows: {main: {jobs: [ship]}}
            """);

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.DoesNotContain("| deployed by", result.Out, StringComparison.Ordinal);
        Assert.Contains("| Something has failed in another parallel run, so this step is not done.\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("| told by 0\n", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("| told by 1\n", result.Out, StringComparison.Ordinal);
    }
}
