using System.Globalization;
using System.Text.Json;
using Ringfence.Config.Values;

namespace Ringfence.Cli.Tests.Run;

/// <summary>Pipeline values as the steps of a run read them.</summary>
public sealed class PipelineValueRunTests
{
    /// <summary>What the run knows better than any event file.</summary>
    private static readonly string[] OfTheRun = ["pipeline.id", "pipeline.number", "pipeline.trigger.received_at"];

    [Fact]
    [Rule("EX-1.2")]
    public async Task Tell_what_git_and_the_run_know()
    {
        using var trial = (await PipelineTrial.With(Printing(
            "pipeline.id", "pipeline.number", "pipeline.trigger.received_at", "pipeline.git.branch", "pipeline.git.tag", "pipeline.git.branch.is_default", "pipeline.git.revision", "pipeline.git.repo_name",
            "pipeline.git.repo_owner", "pipeline.git.repo_url", "pipeline.git.commit.subject", "pipeline.git.commit.body", "pipeline.git.commit.author_name", "pipeline.git.commit.author_email",
            "pipeline.project.slug", "pipeline.project.type", "pipeline.project.git_url"))).Committed("Subject\n\nBody");
        trial.Git("remote", "add", "origin", "git@gitlab.com:acme/app.git");
        trial.Git("update-ref", "refs/remotes/origin/main", "HEAD");
        trial.Git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
        var before = TimeProvider.System.GetUtcNow();

        var values = Printed((await trial.Run()).Out);
        var second = Printed((await trial.Run("--branch", "dev")).Out);

        Assert.True(Guid.TryParseExact(values["pipeline.id"], "D", out _));
        Assert.NotEqual(values["pipeline.id"], second["pipeline.id"]);
        Assert.Equal(("1", "2"), (values["pipeline.number"], second["pipeline.number"]));
        Assert.InRange(DateTimeOffset.Parse(values["pipeline.trigger.received_at"], CultureInfo.InvariantCulture), before.AddSeconds(-1), TimeProvider.System.GetUtcNow());
        Assert.Equal(("main", "", "true"), (values["pipeline.git.branch"], values["pipeline.git.tag"], values["pipeline.git.branch.is_default"]));
        Assert.Equal(("dev", "false"), (second["pipeline.git.branch"], second["pipeline.git.branch.is_default"]));
        Assert.Equal(trial.Git("rev-parse", "HEAD"), values["pipeline.git.revision"]);
        Assert.Equal(("app", "acme", "https://gitlab.com/acme/app"), (values["pipeline.git.repo_name"], values["pipeline.git.repo_owner"], values["pipeline.git.repo_url"]));
        Assert.Equal(("Subject", "Body"), (values["pipeline.git.commit.subject"], values["pipeline.git.commit.body"]));
        Assert.Equal(("Ann", "ann@example.com"), (values["pipeline.git.commit.author_name"], values["pipeline.git.commit.author_email"]));
        Assert.Equal(("gl/acme/app", "gitlab", "https://gitlab.com/acme/app"), (values["pipeline.project.slug"], values["pipeline.project.type"], values["pipeline.project.git_url"]));
    }

    [Fact]
    [Rule("CL-23.2", "CL-7.16")]
    public async Task Are_all_those_of_an_event_file()
    {
        var given = PipelineValueRegistry.All.Values.Where(d => !OfTheRun.Contains(d.Name)).OrderBy(d => d.Name, StringComparer.Ordinal).Select((d, i) => (d.Name, Value: ValueOf(d.Type, i))).ToList();
        using var trial = await PipelineTrial.With(Printing([.. given.Select(g => g.Name)]));
        trial.Commands.WithFile("event.json", JsonSerializer.Serialize(given.ToDictionary(g => g.Name, g => g.Value)));

        var values = Printed((await trial.Run("--event", "event.json")).Out);

        Assert.Equal(given.Select(g => (g.Name, Convert.ToString(g.Value, CultureInfo.InvariantCulture)!.ToLowerInvariant())), values.Select(v => (v.Key, v.Value)));
    }

    [Fact]
    [Rule("CL-23.2")]
    public async Task Are_those_of_a_webhook()
    {
        using var trial = await PipelineTrial.With(Printing(
            "pipeline.event.name", "pipeline.event.action", "pipeline.trigger.type", "pipeline.git.branch", "pipeline.git.revision", "pipeline.git.repo_id", "pipeline.event.github.sender.login",
            "pipeline.event.github.repository.name", "pipeline.event.github.label.name", "pipeline.event.github.pull_request.number", "pipeline.event.github.pull_request.title",
            "pipeline.event.github.pull_request.base.ref", "pipeline.event.github.pull_request.head.sha", "pipeline.event.github.pull_request.draft", "pipeline.event.context.github.pr_url"));
        trial.Commands.WithFile("event.json", """
            {"action": "labeled", "label": {"name": "deploy"}, "sender": {"login": "bob"}, "repository": {"id": 41, "name": "app", "owner": {"login": "acme"}, "html_url": "https://github.com/acme/app", "default_branch": "main"},
             "pull_request": {"number": 12, "title": "More", "draft": true, "merged": false, "html_url": "https://github.com/acme/app/pull/12",
              "base": {"ref": "main", "sha": "b0", "repo": {"full_name": "acme/app"}}, "head": {"ref": "topic", "sha": "c0", "repo": {"full_name": "acme/app"}}}}
            """);

        var values = Printed((await trial.Run("--event", "event.json")).Out);

        Assert.Equal(
            ["pull_request", "labeled", "github_app", "topic", "c0", "41", "bob", "app", "deploy", "12", "More", "main", "c0", "true", "https://github.com/acme/app/pull/12"],
            values.Values);
    }

    private static object ValueOf(PipelineValueType type, int index) => type switch
    {
        PipelineValueType.Boolean => index % 2 == 0,
        PipelineValueType.Integer => 1000 + index,
        _ => string.Create(CultureInfo.InvariantCulture, $"v{index}"),
    };

    private static string Printing(params string[] names) =>
        $"version: 2.1\njobs:\n  facts:\n    machine: true\n    steps:\n      - run: |\n          sed 's/^/>/' \\<<'END'\n{string.Concat(names.Select(name => $"          {name}=<< {name} >>\n"))}          END\nworkflows: {{main: {{jobs: [facts]}}}}\n";

    private static Dictionary<string, string> Printed(string output) => output.Split('\n').Where(line => line.Contains("| >pipeline.", StringComparison.Ordinal)).Select(line => line[(line.IndexOf("| >", StringComparison.Ordinal) + 3)..].Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
}
