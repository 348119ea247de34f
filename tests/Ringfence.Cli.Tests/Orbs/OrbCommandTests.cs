namespace Ringfence.Cli.Tests.Orbs;

public sealed class OrbCommandTests
{
    private const string Store = "home/.local/share/ringfence/orbs";

    [Fact]
    public async Task Adds_lists_and_removes()
    {
        using var run = new CommandRun();
        run.WithFile("orb.yml", Configs.Orb);

        Assert.Equal("exit 0\n--- stdout\n--- stderr\nAdded acme/tools@1.2.3.\n", (await run.Run("orb", "add", "acme/tools@1.2.3", "orb.yml")).Transcript);
        Assert.Equal("exit 0\n--- stdout\n--- stderr\nacme/tools@1.2.3 is there already.\n", (await run.Run("orb", "add", "acme/tools@1.2.3", "orb.yml")).Transcript);
        Assert.Equal(Configs.Orb, run.Read($"../{Store}/acme/tools/1.2.3.yml"));
        await run.Run("orb", "add", "acme/tools@1.10.0", "orb.yml");
        await run.Run("orb", "add", "acme/tools@dev:a/b", "orb.yml");

        Assert.Equal("acme/tools@1.2.3\nacme/tools@1.10.0\nacme/tools@dev:a/b\n", (await run.Run("orb", "list")).Out);
        Assert.Contains("\"version\": \"dev:a/b\",\n    \"published\": false", (await run.Run("orb", "list", "--format", "json")).Out, StringComparison.Ordinal);

        Assert.Equal("Removed acme/tools@1.2.3.\n", (await run.Run("orb", "remove", "acme/tools@1.2.3")).Error);
        (await run.Run("orb", "remove", "acme/tools@1.2.3")).AssertRefused("acme/tools@1.2.3 is not in the orb store.");
        Assert.Equal("acme/tools@1.10.0\nacme/tools@dev:a/b\n", (await run.Run("orb", "list")).Out);
    }

    [Fact]
    public async Task Leaves_no_empty_folders_and_no_drafts()
    {
        using var run = new CommandRun();
        run.WithFile("orb.yml", Configs.Orb).WithVariable("RINGFENCE_ORBS", "store");

        await run.Run("orb", "add", "acme/tools@1.0.0", "orb.yml");
        Assert.Equal([".lock", "1.0.0.yml"], Directory.GetFiles(Path.Combine(run.Folder, "store"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await run.Run("orb", "remove", "acme/tools@1.0.0");

        Assert.Equal(".lock", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(Path.Combine(run.Folder, "store")))));
    }

    [Rule("CL-15.3")]
    [Fact]
    public async Task Keeps_published_versions_as_they_are()
    {
        using var run = new CommandRun();
        run.WithFile("orb.yml", Configs.Orb).WithFile("other.yml", Configs.Orb.Replace("hello", "bye", StringComparison.Ordinal));
        foreach (var version in (string[])["1.0.0", "dev:x"])
            await run.Run("orb", "add", $"acme/tools@{version}", "orb.yml");

        (await run.Run("orb", "add", "acme/tools@1.0.0", "other.yml")).AssertRefused("acme/tools@1.0.0 is in the store with other content");
        Assert.Contains("hello", run.Read($"../{Store}/acme/tools/1.0.0.yml"), StringComparison.Ordinal);
        Assert.Equal("Replaced acme/tools@dev:x.\n", (await run.Run("orb", "add", "acme/tools@dev:x", "other.yml")).Error);
        Assert.Equal("Replaced acme/tools@1.0.0.\n", (await run.Run("orb", "add", "acme/tools@1.0.0", "other.yml", "--replace")).Error);
        Assert.Contains("bye", run.Read($"../{Store}/acme/tools/1.0.0.yml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme/tools", "An orb is named 'namespace/orb@version'.")]
    [InlineData("acme/tools@1.2", "'1.2' is not one exact version")]
    [InlineData("acme/tools@volatile", "'volatile' is not one exact version")]
    [InlineData("acme/tools@01.2.3", "is not one exact version")]
    [InlineData("../tools@1.2.3", "The namespace and name of an orb")]
    [InlineData("acme/..@1.2.3", "The namespace and name of an orb")]
    [InlineData("acme/tools@../../x", "is no orb version")]
    [InlineData("acme/to/ols@1.2.3", "The namespace and name of an orb")]
    [InlineData("https://example.com/o.yml", "A URL orb is fetched when it is used")]
    public async Task Refuses_names_that_are_no_exact_version(string name, string message)
    {
        using var run = new CommandRun();
        run.WithFile("orb.yml", Configs.Orb);

        (await run.Run("orb", "add", name, "orb.yml")).AssertRefused(message);
        (await run.Run("orb", "remove", name)).AssertRefused(message);
        Assert.False(Directory.Exists(Path.Combine(run.Folder, "..", Store)));
    }

    [Fact]
    public async Task Keeps_labels_with_dots_and_slashes_inside_the_store()
    {
        using var run = new CommandRun();
        run.WithFile("orb.yml", Configs.Orb);

        await run.Run("orb", "add", "acme/tools@dev:../../../x", "orb.yml");

        Assert.Equal("acme/tools@dev:../../../x\n", (await run.Run("orb", "list")).Out);
        Assert.Single(Directory.GetFiles(Path.Combine(run.Folder, "..", Store, "acme", "tools")));
    }

    [Theory]
    [InlineData("jobs: [", "Unable to parse YAML")]
    [InlineData("a: b\n", "This is not an orb")]
    [InlineData(Configs.Small, "This is not an orb")]
    [InlineData("text", "This is not an orb")]
    public async Task Refuses_what_is_no_orb(string content, string message)
    {
        using var run = new CommandRun();
        run.WithFile("orb.yml", content);

        (await run.Run("orb", "add", "acme/tools@1.0.0", "orb.yml")).AssertRefused(message);
        (await run.Run("orb", "add", "acme/tools@1.0.0", "none.yml")).AssertRefused("The orb file none.yml does not exist.");
    }

    [Fact]
    public async Task Packs_a_source_tree()
    {
        using var run = new CommandRun();
        run.WithFile("src/@orb.yml", "version: 2.1\ndescription: Tools\n")
            .WithFile("src/commands/greet.yml", "steps:\n  - run:\n      command: <<include(scripts/greet.sh)>>\n")
            .WithFile("src/scripts/greet.sh", "echo hello\n");

        Assert.Equal("Added acme/tools@1.0.0.\n", (await run.Run("orb", "add", "acme/tools@1.0.0", "src")).Error);
        Assert.Contains("echo hello", run.Read($"../{Store}/acme/tools/1.0.0.yml"), StringComparison.Ordinal);
    }

    [Rule("CL-2.3")]
    [Fact]
    public async Task Prints_what_orbs_were_resolved_to()
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.WithOrb).WithFile("orb.yml", Configs.Orb);
        await run.Run("orb", "add", "acme/tools@1.2.3", "orb.yml");

        var result = await run.Run("config", "process");

        Assert.StartsWith("# Orb 'acme/tools@1' resolved to 'acme/tools@1.2.3'\nversion: 2\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_how_to_add_an_orb_that_is_missing()
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.WithOrb).WithFile("orb.yml", Configs.Orb);

        (await run.Run("config", "validate")).AssertRefused("Add it with 'ringfence orb add acme/tools@1.0.0 FILE|DIR'; the orb store has no version of acme/tools.");
        await run.Run("orb", "add", "acme/tools@2.0.0", "orb.yml");
        await run.Run("orb", "add", "acme/tools@dev:x", "orb.yml");
        (await run.Run("config", "validate")).AssertRefused("the orb store has acme/tools 2.0.0, dev:x.");
    }

    [Fact]
    public async Task Holds_a_config_to_its_lock()
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.WithOrb).WithFile("orb.yml", Configs.Orb).WithFile("other.yml", Configs.Orb.Replace("hello", "bye", StringComparison.Ordinal));
        await run.Run("orb", "add", "acme/tools@1.0.0", "orb.yml");
        Assert.Equal("Wrote .circleci/orbs.lock: 1 orb.\n", (await run.Run("orb", "lock")).Error);
        Golden.Check(run.Read(".circleci/orbs.lock"), "tests/Ringfence.Cli.Tests/Orbs/Goldens/orbs.lock.txt");

        // A newer version changes nothing until the lock is written again.
        await run.Run("orb", "add", "acme/tools@1.1.0", "other.yml");
        Assert.Contains("resolved to 'acme/tools@1.0.0'", (await run.Run("config", "process")).Out, StringComparison.Ordinal);

        await run.Run("orb", "add", "acme/tools@1.0.0", "other.yml", "--replace");
        (await run.Run("config", "validate")).AssertRefused("The content of acme/tools@1.0.0 is not what orbs.lock holds it to");

        await run.Run("orb", "lock");
        Assert.Contains("resolved to 'acme/tools@1.1.0'", (await run.Run("config", "process")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_an_orb_that_the_lock_does_not_have()
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.WithOrb).WithFile("orb.yml", Configs.Orb).WithFile(".circleci/orbs.lock", "# empty\n");
        await run.Run("orb", "add", "acme/tools@1.0.0", "orb.yml");

        (await run.Run("config", "validate")).AssertRefused("The orb acme/tools@1 is not in orbs.lock.");
        run.WithFile(".circleci/orbs.lock", "what is this\n");
        (await run.Run("config", "validate")).AssertRefused("A line of the orb lock is not 'reference resolved sha256:digest'.");
    }
}
