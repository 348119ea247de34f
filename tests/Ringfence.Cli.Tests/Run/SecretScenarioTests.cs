namespace Ringfence.Cli.Tests.Run;

/// <summary>The golden scenarios of variables and masking, as runs.</summary>
public sealed class SecretScenarioTests
{
    [Fact]
    [Rule("EX-18.7", "EX-8.4", "EX-8.4d", "CTX-21")]
    public async Task A_variable_comes_from_the_nearest_of_five_places()
    {
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              inner:
                machine: true
                environment: {FOO: 3, CIRCLE_SHA1: of-the-job}
                steps:
                  - run: {command: 'FOO=5; echo "inline $FOO"', environment: {FOO: 4}}
                  - run: {command: 'echo "step $FOO"', environment: {FOO: 4}}
                  - run: 'echo "job $FOO and $CIRCLE_SHA1"'
              outer:
                machine: true
                steps: [run: 'echo "outer $FOO and $CIRCLE_SHA1"']
            workflows:
              main:
                jobs:
                  - inner: {context: release}
                  - outer: {name: with-context, context: release}
                  - outer: {name: without}
            """)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ProjectAsync(await trial.ProjectAsync(), ("FOO", "1"));
        await keep.ContextAsync("release", ("FOO", "2"), ("CIRCLE_SHA1", "of-the-context"));
        var commit = trial.Git("rev-parse", "HEAD");

        var result = await trial.Run();

        Assert.True(result.Exit == (int)ExitCode.Success, result.Transcript);
        Assert.Contains("| inline 5\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("| step 4\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("| job 3 and of-the-job\n", result.Out, StringComparison.Ordinal);
        Assert.Contains($"with-context | outer 2 and {commit}\n", result.Out, StringComparison.Ordinal);
        Assert.Contains($"without | outer 1 and {commit}\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-18.15", "EX-8.8", "MSK-2")]
    public async Task Four_characters_are_masked_and_three_are_not()
    {
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              show:
                machine: true
                environment: {OF_CONFIG: written-in-the-config}
                steps: [run: 'printf "[%s]\n" "$THREE" "$FOUR" "$YES" "$OF_CONFIG"']
            workflows: {main: {jobs: [{show: {context: release}}]}}
            """)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("release", ("THREE", "abc"), ("FOUR", "abcd"), ("YES", "true"));

        var result = await trial.Run();

        Assert.True(result.Exit == (int)ExitCode.Success, result.Transcript);
        Assert.Contains("| [abc]\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("| [****]\n", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("abcd", result.Out, StringComparison.Ordinal);
        Assert.Contains("| [true]\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("| [written-in-the-config]\n", result.Out, StringComparison.Ordinal);
    }
}
