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
    [InlineData("context", "context", "--help")]
    [InlineData("context-create", "context", "create", "--help")]
    [InlineData("context-list", "context", "list", "--help")]
    [InlineData("context-show", "context", "show", "--help")]
    [InlineData("context-delete", "context", "delete", "--help")]
    [InlineData("context-restrict", "context", "restrict", "--help")]
    [InlineData("context-unrestrict", "context", "unrestrict", "--help")]
    [InlineData("context-allow", "context", "allow", "--help")]
    [InlineData("context-forbid", "context", "forbid", "--help")]
    [InlineData("project", "project", "--help")]
    [InlineData("project-allow", "project", "allow", "--help")]
    [InlineData("project-forbid", "project", "forbid", "--help")]
    [InlineData("project-fence", "project", "fence", "--help")]
    [InlineData("project-list", "project", "list", "--help")]
    [InlineData("project-show", "project", "show", "--help")]
    [InlineData("project-restrict", "project", "restrict", "--help")]
    [InlineData("project-unrestrict", "project", "unrestrict", "--help")]
    [InlineData("secret", "secret", "--help")]
    [InlineData("secret-set", "secret", "set", "--help")]
    [InlineData("secret-rotate", "secret", "rotate", "--help")]
    [InlineData("secret-list", "secret", "list", "--help")]
    [InlineData("secret-remove", "secret", "remove", "--help")]
    [InlineData("secret-owner", "secret", "owner", "--help")]
    [InlineData("secret-import", "secret", "import", "--help")]
    [InlineData("secret-fence", "secret", "fence", "--help")]
    [InlineData("secret-references", "secret", "references", "--help")]
    [InlineData("ssh-key-add", "ssh-key", "add", "--help")]
    [InlineData("ssh-key-list", "ssh-key", "list", "--help")]
    [InlineData("ssh-key-remove", "ssh-key", "remove", "--help")]
    [InlineData("keep", "keep", "--help")]
    [InlineData("keep-status", "keep", "status", "--help")]
    [InlineData("keep-passphrase", "keep", "passphrase", "--help")]
    [InlineData("keep-keyring", "keep", "keyring", "--help")]
    [InlineData("keep-rotate", "keep", "rotate", "--help")]
    [InlineData("keep-backup", "keep", "backup", "--help")]
    [InlineData("keep-restore", "keep", "restore", "--help")]
    [InlineData("ledger", "ledger", "--help")]
    [InlineData("ledger-show", "ledger", "show", "--help")]
    [InlineData("ledger-verify", "ledger", "verify", "--help")]
    [InlineData("ledger-accept", "ledger", "accept", "--help")]
    [InlineData("ledger-export", "ledger", "export", "--help")]
    [InlineData("ledger-blast-radius", "ledger", "blast-radius", "--help")]
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
