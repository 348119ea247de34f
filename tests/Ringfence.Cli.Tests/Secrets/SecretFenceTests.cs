namespace Ringfence.Cli.Tests.Secrets;

[Rule("ENV-7", "INC-22")]
public sealed class SecretFenceTests : IDisposable
{
    private const string Config = """
        version: 2.1
        jobs:
          publish:
            docker: [{image: cimg/node:20.1}]
            steps:
              - checkout
              - run: npm ci
              - run:
                  name: Publish it
                  command: npm publish --token "$NPM_TOKEN"
        workflows:
          main:
            jobs: [publish]
        """;

    private readonly SecretTrial _trial = new();

    public SecretFenceTests() => _trial.Run.WithFile(Configs.Path, Config);

    public void Dispose() => _trial.Dispose();

    [Fact]
    public async Task Learns_from_the_config_of_the_folder()
    {
        await SetAsync();

        var result = await _trial.MustAsync("secret", "fence", "NPM_TOKEN", "--learn");

        Assert.Equal("JOB      STEP        CONTENT\npublish  Publish it  any\n", result.Out);
        Assert.Contains("NPM_TOKEN goes to what this rule admits and to no other step.", result.Error, StringComparison.Ordinal);
        var rule = Assert.Single(_trial.Project().Find("NPM_TOKEN")!.Fence);
        Assert.Equal(("publish", "Publish it", ""), (rule.Job, rule.Step, rule.Content));

        await _trial.MustAsync("secret", "fence", "NPM_TOKEN", "--learn", Configs.Path, "--pinned");
        Assert.StartsWith("sha256:", Assert.Single(_trial.Project().Find("NPM_TOKEN")!.Fence).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_made_by_hand_and_taken_away()
    {
        await SetAsync();

        await _trial.MustAsync("secret", "fence", "NPM_TOKEN", "--step", "publish/npm ci", "--step", "node/run//a/b", "--orb", "acme/deploy", "--command", "push");
        Assert.Equal(["publish|npm ci||", "node/run|a/b||", "||push|", "|||acme/deploy"], _trial.Project().Find("NPM_TOKEN")!.Fence.Select(f => $"{f.Job}|{f.Step}|{f.Command}|{f.Orb}"));

        await _trial.MustAsync("secret", "fence", "NPM_TOKEN", "--off");
        Assert.Empty(_trial.Project().Find("NPM_TOKEN")!.Fence);
    }

    [Theory]
    [InlineData("Say which steps get it", "NPM_TOKEN")]
    [InlineData("Say which steps get it", "NPM_TOKEN", "--off", "--orb", "x")]
    [InlineData("'publish' names no step of a job.", "NPM_TOKEN", "--step", "publish")]
    [InlineData("There is no secret NOPE", "NOPE", "--off")]
    [InlineData("No step of .circleci/config.yml refers to UNUSED", "UNUSED", "--learn")]
    [InlineData("could not be located", "NPM_TOKEN", "--learn", "none.yml")]
    public async Task Refuses_what_cannot_be(string says, params string[] arguments)
    {
        await SetAsync();

        (await _trial.DoAsync("", ["secret", "fence", .. arguments])).AssertRefused(says);
    }

    [Fact]
    public async Task Shows_which_steps_refer_to_what_is_stored()
    {
        await SetAsync();

        var result = await _trial.MustAsync("secret", "references");

        Assert.Equal("SECRET     JOB      STEP        HOW    FROM\nNPM_TOKEN  publish  Publish it  shell  config\n", result.Out);
        Assert.Contains("No step refers to: UNUSED.", result.Error, StringComparison.Ordinal);
    }

    private async Task SetAsync()
    {
        await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "NPM_TOKEN");
        await _trial.PipeAsync("another value", "secret", "set", "UNUSED");
    }
}
