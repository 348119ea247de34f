using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Tests.Run;

/// <summary>What a job hands on to steps and jobs after it.</summary>
public sealed partial class SecretRunTests
{
    [Theory]
    [Rule("ENV-7", "INC-22")]
    [InlineData("""command: 'echo "export LEAK=$TOKEN" >> "$BASH_ENV"; exit 3'""", "this step wrote the value of TOKEN into $BASH_ENV")]
    [InlineData("""background: true, command: 'until [ -e ~/begun ]; do :; done; echo "export LEAK=$TOKEN" >> "$BASH_ENV"; touch ~/written'""", "Something in the background wrote the value of TOKEN into $BASH_ENV")]
    [InlineData("""command: 'echo "export LEAK=$TOKEN" >> "$BASH_ENV"; head -c 17000000 /dev/zero | tr "\\0" "#" >> "$BASH_ENV"'""", "this step wrote what cannot be searched")]
    [InlineData("""no_output_timeout: 7m, command: 'echo "export LEAK=$TOKEN" >> "$BASH_ENV"; echo silent from now on; sleep 1000'""", "this step wrote the value of TOKEN into $BASH_ENV")]
    public async Task Do_not_get_past_their_fence_by_BASH_ENV_however_the_step_ends(string keys, string message)
    {
        using var trial = (await PipelineTrial.With(
            $$$"""
            version: 2.1
            jobs:
              deploy:
                machine: {image: "ubuntu-2404:current"}
                steps:
                  - run: {name: spread, {{{keys}}}}
                  - run: {name: between, command: 'touch ~/begun; until [ -e ~/written ]; do :; done'}
                  - run: {name: late, when: always, command: 'echo "late has [${LEAK:-nothing}]"'}
            workflows: {main: {jobs: [{deploy: {context: release}}]}}
            """)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        var context = await keep.ContextAsync("release", ("TOKEN", Token));
        await keep.DoAsync(new KeepRequest { DescribeSecret = new DescribeSecret { Owner = context, Name = "TOKEN", Fence = new Fence { Steps = { new FenceStep { Job = "deploy", Step = "spread" } } } } });
        var clock = new RingingClock(TimeSpan.FromMinutes(7));
        trial.Commands.Clock = clock;
        trial.Commands.OnOutput = line =>
        {
            if (line.EndsWith("| silent from now on", StringComparison.Ordinal))
                clock.Ring();
        };

        var result = await trial.Run();

        Assert.Contains(message, result.Out, StringComparison.Ordinal);
        // The step between did not have the secret and is not to blame for what another wrote meanwhile.
        Assert.Equal((int)(keys.StartsWith("background", StringComparison.Ordinal) ? ExitCode.Success : ExitCode.PipelineFailed), result.Exit);
        Assert.Contains("| late has [nothing]\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("MSK-7")]
    public async Task Do_not_get_into_what_continues_a_pipeline()
    {
        using var trial = await PipelineTrial.With(SetupTrial.ConfigWith("release"));
        SetupTrial.SendsOnly(trial, "version: 2.1\njobs:\n  second: {machine: true, steps: [run: {name: use, command: echo it is THE_TOKEN}]}\nworkflows: {more: {jobs: [second]}}\n");
        trial.Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("release", ("TOKEN", Token));

        var refused = await trial.Run();
        var letThrough = await trial.Run("--gate", "warn");

        Assert.Equal((int)ExitCode.PipelineFailed, refused.Exit);
        Assert.Contains("the value of TOKEN (plain) is in the config that continues the pipeline", refused.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, refused.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("more: workflow", refused.Out, StringComparison.Ordinal);
        Assert.Contains($"| it is {Token}\n", letThrough.Out, StringComparison.Ordinal);
    }

    /// <summary>A rerun needs what a setup job sent; with a secret in it, that is not written down.</summary>
    [Fact]
    [Rule("EX-5.2")]
    public async Task Are_not_kept_with_what_a_setup_job_sends()
    {
        using var trial = await PipelineTrial.With(SetupTrial.ConfigWith("release"));
        SetupTrial.SendsOnly(trial, "version: 2.1 # THE_TOKEN\njobs:\n  work: {machine: true, steps: [run: exit 1]}\nworkflows: {real: {jobs: [work]}}\n");
        trial.Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("release", ("TOKEN", Token));

        var first = await trial.Run("--gate", "warn");
        var again = await trial.Rerun();

        Assert.Contains("real: workflow failed", first.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(trial.Home, "*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains(Token, StringComparison.Ordinal));
        Assert.Equal((int)ExitCode.PipelineFailed, again.Exit);
        Assert.Contains("what generate sent was not kept, because a secret is in it", again.Out, StringComparison.Ordinal);
    }

    /// <summary>Cases T19 and T20 of the matrix for contexts.</summary>
    [Theory]
    [Rule("CTX-36", "ACT-8")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Are_decided_on_anew_for_what_continues_a_pipeline(bool setupIsDenied)
    {
        using var trial = await PipelineTrial.With(SetupTrial.ConfigWith(setupIsDenied ? "closed" : "open"));
        SetupTrial.SendsOnly(trial, "version: 2.1\njobs:\n  second: {machine: true, steps: [run: echo in the second]}\nworkflows: {more: {jobs: [{second: {context: closed}}]}}\n");
        trial.Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("open", ("TOKEN", Token));
        var closed = await keep.ContextAsync("closed", ("TOKEN", Token));
        await keep.DoAsync(new KeepRequest { EditPolicy = new EditPolicy { Owner = closed, AddProject = "gh/acme/other" } });

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Equal(!setupIsDenied, result.Out.Contains("more: workflow of 1 job", StringComparison.Ordinal));
        Assert.Contains(setupIsDenied ? "setup/generate: unauthorized" : "more/second: unauthorized", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("| in the second", result.Out, StringComparison.Ordinal);
    }
}
