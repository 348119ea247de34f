namespace Ringfence.Cli.Tests.Run;

/// <summary>Which config and which code a run takes, and of which project.</summary>
public sealed partial class RunTests
{
    [Fact]
    public async Task Without_a_config_or_with_a_wrong_one_nothing_begins()
    {
        using var trial = await PipelineTrial.With("version: 2.1\njobs: {build: {machine: true, steps: [nope]}}\nworkflows: {main: {jobs: [build]}}\n");

        var wrong = await trial.Run();
        var missing = await trial.Run("nowhere.yml");

        Assert.Equal((int)ExitCode.InvalidInput, wrong.Exit);
        Assert.Contains(".circleci/config.yml:2:", wrong.Error, StringComparison.Ordinal);
        missing.AssertRefused("config file nowhere.yml could not be located");
        Assert.False(Directory.Exists(Path.Combine(trial.Home, "projects")) && Directory.EnumerateDirectories(Path.Combine(trial.Home, "projects"), "runs", SearchOption.AllDirectories).Any());
        Assert.Empty(trial.Leftovers());
    }

    [Fact]
    public async Task Runs_the_project_around_the_folder_that_a_user_stands_in()
    {
        using var trial = await PipelineTrial.With("version: 2.1\njobs: {build: {machine: true, steps: [checkout, run: ls src; exit 1]}}\nworkflows: {main: {jobs: [build]}}\n");
        trial.Commands.WithFile("src/deep/code.txt", "x").WithFile("other/.circleci/config.yml", "not a config");
        trial.Committed();
        trial.Commands.Below = "src/deep";

        var run = await trial.Run();
        var again = await trial.Rerun("--from-failed");
        trial.Commands.Below = "other";
        var nearest = await trial.Run();

        Assert.Contains("Pipeline 1 · ../../.circleci/config.yml · main", run.Out, StringComparison.Ordinal);
        Assert.Contains("main/build | deep\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("Pipeline 2 ·", again.Out, StringComparison.Ordinal);
        Assert.Contains("main/build | deep\n", again.Out, StringComparison.Ordinal);
        nearest.AssertRefused(" --> .circleci/config.yml:1:1");
    }

    /// <summary>Above a working copy, and outside of git, a config may be another user's.</summary>
    [Fact]
    public async Task Takes_no_config_from_above_the_working_copy()
    {
        using var trial = await PipelineTrial.With(Simple("echo hello"));
        Directory.CreateDirectory(Path.Combine(trial.Commands.Folder, "inner"));
        trial.Commands.Below = "inner";

        (await trial.Run()).AssertRefused("config file .circleci/config.yml could not be located");
        trial.Git("init", "-q", "inner");
        (await trial.Run()).AssertRefused("config file .circleci/config.yml could not be located");
    }

    [Fact]
    [Rule("EX-1.6", "EX-7.11")]
    public async Task Runs_a_commit_with_its_own_config_and_the_working_tree_with_what_is_not_committed()
    {
        using var trial = await PipelineTrial.With(Checkout("first"));
        trial.Commands.WithFile("word.txt", "committed\n");
        trial.Committed();
        trial.Commands.WithFile(".circleci/config.yml", Checkout("second")).WithFile("word.txt", "changed\n").WithFile("new.txt", "new\n");

        var tree = await trial.Run();
        var commit = await trial.Run("--commit", "HEAD");
        var none = await trial.Run("--commit", "nope");

        Assert.Contains("| second of main: changed new.txt word.txt .\n", tree.Out, StringComparison.Ordinal);
        Assert.Contains("with 3 uncommitted changes", tree.Out, StringComparison.Ordinal);
        Assert.Contains("| first of main: committed word.txt .\n", commit.Out, StringComparison.Ordinal);
        Assert.Contains(trial.Git("rev-parse", "HEAD"), commit.Out, StringComparison.Ordinal);
        none.AssertRefused("error[RF9303]: ");
        none.AssertRefused("has no commit nope");

        static string Checkout(string word) => $"version: 2.1\njobs:\n  build: {{machine: true, steps: [checkout, run: 'echo {word} of $CIRCLE_BRANCH: $(cat word.txt) $(ls) .; echo $CIRCLE_SHA1']}}\nworkflows: {{main: {{jobs: [build]}}}}\n";
    }

    [Theory]
    [InlineData("https://github.com/acme/app.git")]
    [InlineData("https://ann:word@github.com/acme/app.git")]
    [InlineData("ssh://git@github.com/acme/app.git")]
    [InlineData("git@github.com:acme/app.git")]
    [Rule("EX-1.2", "EX-1.6")]
    public async Task A_commit_runs_in_the_same_project_as_the_working_tree(string origin)
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              facts: {machine: true, steps: [run: "env | sort | grep ^CIRCLE_; echo number << pipeline.number >> of << pipeline.project.slug >>"]}
            workflows: {main: {jobs: [facts]}}
            """);
        trial.Committed().Git("remote", "add", "origin", origin);

        var (tree, commit) = (await trial.Run(), await trial.Run("--commit", "HEAD"));

        Assert.Contains("| CIRCLE_REPOSITORY_URL=https://github.com/acme/app\n", commit.Out, StringComparison.Ordinal);
        Assert.Contains("| number 2 of gh/acme/app\n", commit.Out, StringComparison.Ordinal);
        Assert.Equal(Facts(tree.Out), Facts(commit.Out));

        // What names the run and not what it runs is another each time.
        static string[] Facts(string output) =>
            [.. output.Split('\n').Where(l => l.Contains("| CIRCLE_", StringComparison.Ordinal)).Select(l => l[l.IndexOf("CIRCLE_", StringComparison.Ordinal)..])
                .Where(l => !(l.Contains("WORKFLOW", StringComparison.Ordinal) || l.Contains("BUILD_", StringComparison.Ordinal) || l.Contains("PIPELINE_ID", StringComparison.Ordinal) || l.Contains("_JOB_ID", StringComparison.Ordinal) || l.Contains('/') && !l.Contains("github.com", StringComparison.Ordinal)))];
    }

    [Theory]
    [InlineData("https://github.com/acme/app.git", "https://github.com/acme/app/pull/12")]
    [InlineData("https://bitbucket.org/acme/app.git", "https://bitbucket.org/acme/app/pull-requests/12")]
    [InlineData("https://gitlab.com/acme/app.git", "https://gitlab.com/acme/app/-/merge_requests/12")]
    [Rule("EX-8.11")]
    public async Task The_address_of_a_pull_request_is_its_own(string origin, string expected)
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              facts: {machine: true, steps: [run: "echo at $CIRCLE_PULL_REQUEST << pipeline.event.github.pull_request.url >>"]}
            workflows: {main: {jobs: [facts]}}
            """);
        trial.Committed().Git("remote", "add", "origin", origin);

        Assert.Contains($"| at {expected} {expected}\n", (await trial.Run("--pr", "12")).Out, StringComparison.Ordinal);
    }
}
