namespace Ringfence.Cli.Tests.Diagnostics;

/// <summary>Provokes each code that the command line has beside those of the compiler.</summary>
public sealed class InputCodeTests
{
    [Theory]
    [InlineData("RF9001", "config", "validate", "none.yml")]
    [InlineData("RF9002", "config", "validate", "folder")]
    [InlineData("RF9003", "config", "validate", "large.yml")]
    [InlineData("RF9004", "config", "validate", "latin.yml")]
    [InlineData("RF9005", "config", "graph", "--workflow", "nope")]
    [InlineData("RF9006", "config", "validate", "--pipeline-parameters", "[1]")]
    [InlineData("RF9007", "config", "validate", "--event", "text.yml")]
    [InlineData("RF9008", "config", "graph", "--output", "text.yml/graph.svg")]
    [InlineData("RF9101", "orb", "add", "acme/tools@1", "orb.yml")]
    [InlineData("RF9102", "orb", "add", "acme/tools@1.0.0", "other.yml")]
    [InlineData("RF9103", "orb", "remove", "acme/tools@9.9.9")]
    [InlineData("RF9104", "orb", "add", "acme/tools@2.0.0", "text.yml")]
    [InlineData("RF9105", "config", "validate", "locked/config.yml")]
    [InlineData("RF9203", "cache", "rm", "v1-")]
    public async Task Each_has_its_occasion(string code, params string[] arguments)
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.Small)
            .WithFile("folder/file.yml", "x")
            .WithFile("large.yml", new byte[(8 * 1024 * 1024) + 1])
            .WithFile("latin.yml", [0x61, 0xe9, 0x62])
            .WithFile("text.yml", "text")
            .WithFile("orb.yml", Configs.Orb)
            .WithFile("other.yml", Configs.Orb.Replace("hello", "bye", StringComparison.Ordinal))
            .WithFile("locked/config.yml", Configs.WithOrb)
            .WithFile("locked/orbs.lock", "what is this\n");
        await run.Run("orb", "add", "acme/tools@1.0.0", "orb.yml");

        var result = await run.Run(arguments);

        Assert.Contains($"error[{code}]: ", result.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, result.Exit);
    }
}
