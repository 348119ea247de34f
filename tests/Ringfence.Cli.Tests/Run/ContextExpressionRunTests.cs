namespace Ringfence.Cli.Tests.Run;

/// <summary>Contexts that a command has restricted by an expression, in runs that meet it and runs that do not.</summary>
public sealed class ContextExpressionRunTests
{
    private const string Config =
        """
        version: 2.1
        jobs:
          deploy: {machine: true, steps: [run: 'echo "has ${#TOKEN} characters"']}
        workflows: {main: {jobs: [{deploy: {context: '<< pipeline.git.branch != "none" and "release" or "" >>'}}]}}
        """;

    [Fact]
    [Rule("EXP-12", "EXP-11", "CTX-30", "CTX-53", "CL-17.19")]
    public async Task Hold_back_what_they_should()
    {
        using var trial = (await PipelineTrial.With(Config)).Committed();
        await trial.Commands.Run("context", "create", "release");
        trial.Commands.WithInput("a-planted-value-of-a-test");
        await trial.Commands.Run("secret", "set", "TOKEN", "--context", "release");
        var restricted = await trial.Commands.Run("context", "restrict", "release", "--expression", "pipeline.git.branch == \"main\" and not job.ssh.enabled and not (pipeline.config_source starts-with \"api\")");

        var main = await trial.Run();
        var none = await trial.Run("--branch", "none");
        var dev = await trial.Run("--branch", "dev");
        var shell = await trial.Commands.Run("shell", "deploy");
        trial.Commands.WithFile(".circleci/config.yml", Config + "\n# changed, and not committed\n");
        var changed = await trial.Run();

        Assert.Equal((0, 0), (restricted.Exit, main.Exit));
        Assert.Contains("| has 25 characters\n", main.Out, StringComparison.Ordinal);
        Assert.Contains("| has 0 characters\n", none.Out, StringComparison.Ordinal);
        Assert.All([dev, shell, changed], held =>
        {
            Assert.Equal((int)ExitCode.PipelineFailed, held.Exit);
            Assert.DoesNotContain("| has", held.Out, StringComparison.Ordinal);
        });
        Assert.All([dev, changed], held => Assert.Contains("(context_expression)", held.Out, StringComparison.Ordinal));
        Assert.Contains("pipeline.git.branch == \"main\"", dev.Out, StringComparison.Ordinal);
    }
}
