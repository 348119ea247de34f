using System.Text.Json;

namespace Ringfence.Cli.Tests.Commands;

public sealed class ConfigCommandTests
{
    [Rule("CL-23.1", "CL-23.3")]
    [Fact]
    public async Task Says_that_a_config_is_valid()
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.Small);

        Assert.Equal("exit 0\n--- stdout\nConfig file at \".circleci/config.yml\" is valid.\n--- stderr\n", (await run.Run("config", "validate")).Transcript);
    }

    [Rule("CL-23.1")]
    [Fact]
    public async Task Prefers_the_argument_to_the_option()
    {
        using var run = new CommandRun();
        run.WithFile("good.yml", Configs.Small);

        Assert.Equal("Config file at \"good.yml\" is valid.\n", (await run.Run("config", "validate", "-c", "good.yml")).Out);
        Assert.Equal("Config file at \"good.yml\" is valid.\n", (await run.Run("config", "validate", "-c", "none.yml", "good.yml")).Out);
    }

    [Rule("CL-23.3")]
    [Fact]
    public async Task Reads_standard_input()
    {
        using var run = new CommandRun();

        Assert.Equal("Config file at \"-\" is valid.\n", (await run.WithInput(Configs.Small).Run("config", "validate", "-")).Out);
    }

    [Rule("CL-23.1")]
    [Theory]
    [InlineData("--format=json")]
    [InlineData("--json")]
    public async Task Prints_its_verdict_as_json(string option)
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.Small).WithFile("bad.yml", Configs.Small.Replace("- build", "- biuld", StringComparison.Ordinal));

        var good = await run.Run("config", "validate", option);
        var bad = await run.Run("config", "validate", "bad.yml", option);

        using var valid = JsonDocument.Parse(good.Out);
        Assert.True(valid.RootElement.GetProperty("valid").GetBoolean());
        Assert.StartsWith("version: 2\n", valid.RootElement.GetProperty("compiled_yaml").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, valid.RootElement.GetProperty("errors").GetArrayLength());
        Assert.Equal(0, good.Exit);

        using var invalid = JsonDocument.Parse(bad.Out);
        var error = invalid.RootElement.GetProperty("errors")[0];
        Assert.False(invalid.RootElement.GetProperty("valid").GetBoolean());
        Assert.False(invalid.RootElement.TryGetProperty("compiled_yaml", out _));
        Assert.Equal("error", error.GetProperty("severity").GetString());
        Assert.Equal("bad.yml", error.GetProperty("place").GetProperty("file").GetString());
        Assert.Equal(12, error.GetProperty("place").GetProperty("line").GetInt32());
        Assert.Equal(2, bad.Exit);
        Assert.Empty(bad.Error);
    }

    [Rule("CL-23.1a")]
    [Fact]
    public async Task Prints_the_compiled_config()
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.Small);

        Golden.Check((await run.Run("config", "process")).Transcript, "tests/Ringfence.Cli.Tests/Commands/Goldens/process.txt");
        Golden.Check((await run.Run("config", "process", "--format", "json")).Transcript, "tests/Ringfence.Cli.Tests/Commands/Goldens/process-json.txt");
    }

    [Rule("CL-23.1a")]
    [Fact]
    public async Task Packs_a_folder()
    {
        using var run = new CommandRun();
        run.WithFile("src/@config.yml", "version: 2.1\n")
            .WithFile("src/jobs/build.yml", "docker: [{image: a}]\nsteps: [checkout]\n")
            .WithFile("src/workflows/main.yml", "jobs: [build]\n")
            .WithFile("src/README.md", "not YAML: [");

        var packed = await run.Run("config", "pack", "src");

        Assert.Equal((0, ""), (packed.Exit, packed.Error));
        Assert.Equal("""
            jobs:
              build:
                docker:
                - image: a
                steps:
                - checkout
            version: 2.1
            workflows:
              main:
                jobs:
                - build

            """, packed.Out);
        Assert.Equal("Config file at \"-\" is valid.\n", (await run.WithInput(packed.Out).Run("config", "validate", "-")).Out);
    }

    [Rule("CL-1.12")]
    [Theory]
    [InlineData("--next")]
    [InlineData("-n")]
    public async Task Holds_an_old_version_to_the_rules_of_2_1_on_request(string option)
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.Small.Replace("2.1", "2", StringComparison.Ordinal).Replace("workflows:", "workflows:\n  version: 2", StringComparison.Ordinal)
            .Replace("run: make", "run: echo << pipeline.number >>", StringComparison.Ordinal));

        Assert.Contains("echo << pipeline.number >>", (await run.Run("config", "process")).Out, StringComparison.Ordinal);
        Assert.Contains("command: echo 1\n", (await run.Run("config", "process", option)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_hints_to_validate()
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.Small.Replace("workflows:", "  unused:\n    docker: [{image: a}]\n    steps: [checkout]\nworkflows:", StringComparison.Ordinal));

        Assert.Contains("hint[", (await run.Run("config", "validate")).Error, StringComparison.Ordinal);
        Assert.Empty((await run.Run("config", "process")).Error);
        Assert.Empty((await run.Run("config", "graph")).Error);
    }

    [Rule("CL-23.1a")]
    [Fact]
    public async Task Tries_a_file_of_parameters_before_a_map()
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, "parameters: {image: {type: string, default: a}}\n" + Configs.Small.Replace("cimg/base:2026.01", "<< pipeline.parameters.image >>", StringComparison.Ordinal))
            .WithFile("image: 1", "image: from-the-file\n");

        Assert.Contains("image: from-the-file", (await run.Run("config", "process", "--pipeline-parameters", "image: 1")).Out, StringComparison.Ordinal);
        Assert.Contains("image: inline", (await run.Run("config", "process", "--pipeline-parameters", "{\"image\": \"inline\"}")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("main")]
    [InlineData("main", "--branch", "main")]
    [InlineData("tag v1", "--tag", "v1")]
    [InlineData("pull/7 #7", "--pr", "7", "--as-fork")]
    [InlineData("x #7", "--pr", "7", "--branch", "x")]
    [InlineData("from-event", "--event", "map.json")]
    [InlineData("tag v3", "--event", "tag.json")]
    [InlineData("feature #12", "--event", "pull_request.json")]
    [InlineData("pull/13 #13", "--event", "fork.json")]
    [InlineData("tag v2", "--event", "push.json")]
    public async Task Compiles_as_for_the_pipeline_that_is_asked_for(string expected, params string[] arguments)
    {
        const string Show = "echo << pipeline.git.branch >>"
            + "<<# pipeline.git.tag >>tag << pipeline.git.tag >><</ pipeline.git.tag >>"
            + "<< pipeline.event.name == \"pull_request\" and \" #\" or \"\" >>"
            + "<< pipeline.event.name == \"pull_request\" and pipeline.event.github.pull_request.number or \"\" >>";
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.Small.Replace("run: make", $"run: '{Show}'", StringComparison.Ordinal))
            .WithFile("map.json", "{\"pipeline.git.branch\": \"from-event\"}")
            .WithFile("tag.json", "{\"pipeline.git.tag\": \"v3\"}")
            .WithFile("pull_request.json", PullRequest(12, "acme/web"))
            .WithFile("fork.json", PullRequest(13, "somebody/web"))
            .WithFile("push.json", "{\"ref\": \"refs/tags/v2\", \"after\": \"1111111111111111111111111111111111111111\", \"repository\": {\"name\": \"web\"}}");

        var result = await run.Run(["config", "process", .. arguments]);

        Assert.Equal("", result.Error);
        Assert.Contains($"command: echo {expected}\n", result.Out.Replace("'", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Rule("CL-23.2")]
    [Theory]
    [InlineData("main true")]
    [InlineData("dev false", "--branch", "dev")]
    [InlineData("pull/7 false", "--pr", "7", "--as-fork")]
    [InlineData(" false", "--tag", "v1")]
    public async Task Is_on_the_default_branch_main_where_git_says_nothing(string expected, params string[] arguments)
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.Small.Replace("run: make", "run: 'on << pipeline.git.branch >> << pipeline.git.branch.is_default >>'", StringComparison.Ordinal));

        Assert.Contains($"command: on {expected}\n", (await run.Run(["config", "process", .. arguments])).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_the_same_bytes_every_time()
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.Delivery);

        Assert.Equal((await run.Run("config", "process")).Transcript, (await run.Run("config", "process")).Transcript);
    }

    private static string PullRequest(int number, string head) => $$$"""
        {
          "action": "opened",
          "pull_request": {
            "number": {{{number}}}, "draft": false, "title": "T",
            "head": {"ref": "feature", "sha": "2222222222222222222222222222222222222222", "repo": {"full_name": "{{{head}}}"}},
            "base": {"ref": "main", "sha": "3333333333333333333333333333333333333333", "repo": {"full_name": "acme/web"}}
          },
          "repository": {"name": "web", "html_url": "https://github.com/acme/web", "owner": {"login": "acme"}, "default_branch": "main"}
        }
        """;
}
