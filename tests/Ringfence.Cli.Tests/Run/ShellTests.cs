namespace Ringfence.Cli.Tests.Run;

/// <summary><c>ringfence shell</c>.</summary>
public sealed class ShellTests
{
    [Fact]
    public async Task Opens_a_shell_where_the_job_has_left_off_even_if_it_failed()
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("echo from-the-job > left.txt; exit 1"));
        trial.Commands.WithInput("cat left.txt; echo $CIRCLE_JOB in $PWD\nexit\n");

        var result = await trial.Commands.Run("shell", "build");

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains("\nfrom-the-job\nbuild in /home/circleci/project\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("A shell in /home/circleci/project", result.Error, StringComparison.Ordinal);
        Assert.Empty(trial.Leftovers());
    }
}
