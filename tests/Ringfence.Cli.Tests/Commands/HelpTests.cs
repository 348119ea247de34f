namespace Ringfence.Cli.Tests.Commands;

public sealed class HelpTests
{
    [Theory]
    [InlineData("help", "--help")]
    [InlineData("run", "run", "--help")]
    [InlineData("rerun", "rerun", "--help")]
    [InlineData("shell", "shell", "--help")]
    [InlineData("config", "config", "--help")]
    [InlineData("config-validate", "config", "validate", "--help")]
    [InlineData("config-process", "config", "process", "--help")]
    [InlineData("config-graph", "config", "graph", "--help")]
    [InlineData("config-pack", "config", "pack", "--help")]
    [InlineData("orb", "orb", "--help")]
    [InlineData("orb-add", "orb", "add", "--help")]
    [InlineData("orb-list", "orb", "list", "--help")]
    [InlineData("orb-remove", "orb", "remove", "--help")]
    [InlineData("orb-lock", "orb", "lock", "--help")]
    [InlineData("cache", "cache", "--help")]
    [InlineData("cache-ls", "cache", "ls", "--help")]
    [InlineData("cache-rm", "cache", "rm", "--help")]
    [InlineData("cache-prune", "cache", "prune", "--help")]
    [InlineData("doctor", "doctor", "--help")]
    public async Task Explains_itself(string golden, params string[] arguments)
    {
        using var run = new CommandRun();

        var result = await run.Run(arguments);

        Assert.Equal(0, result.Exit);
        Assert.Empty(result.Error);
        Golden.Check(string.Join('\n', result.Out.Split('\n').Select(l => l.TrimEnd())), $"tests/Ringfence.Cli.Tests/Commands/Goldens/{golden}.txt");
    }

    [Fact]
    public async Task Names_every_exit_code()
    {
        using var run = new CommandRun();

        var help = (await run.Run("--help")).Out;

        Assert.All(Enum.GetValues<ExitCode>(), code => Assert.Matches($@"\n  {(int)code}\s", help));
    }
}
