using Ringfence.Keep.Ledgers;

namespace Ringfence.Cli.Tests.Run;

/// <summary>Which steps of a run get secrets, said by commands, and which refer to them.</summary>
public sealed class SecretStepTests
{
    private const string Token = "npm_h8SxkQ02vTnPlanted77";

    [Fact]
    [Rule("INC-22")]
    public async Task Are_not_for_steps_of_orbs_where_the_project_says_so_unless_a_fence_gives_them()
    {
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            orbs:
              tool: acme/tool@1.0.0
              own:
                commands:
                  show: {steps: [{run: {name: inline, command: 'echo "inline has ${#TOKEN}"'}}]}
            jobs:
              deploy:
                machine: {image: "ubuntu-2404:current"}
                steps:
                  - tool/show
                  - tool/around: {steps: [{run: {name: handed, command: 'echo "handed has ${#TOKEN}"'}}]}
                  - own/show
                  - run: {name: mine, command: 'echo "mine has ${#TOKEN}"'}
            workflows: {main: {jobs: [{deploy: {context: release}}]}}
            """)).Committed();
        trial.Commands.WithFile(
            "tool.yml",
            """
            version: 2.1
            commands:
              show: {steps: [{run: {name: of the orb, command: 'echo "orb has ${#TOKEN}"'}}]}
              around: {parameters: {steps: {type: steps}}, steps: [{steps: << parameters.steps >>}, {run: {name: behind, command: 'echo "behind has ${#TOKEN}"'}}]}
            """);
        await MustAsync(trial, "orb", "add", "acme/tool@1.0.0", "tool.yml");
        File.Delete(Path.Combine(trial.Commands.Folder, "tool.yml"));
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("release", ("TOKEN", Token));

        Assert.Equal(["orb yes", "handed yes", "behind yes", "inline yes", "mine yes"], Has(await trial.Run()));
        Assert.Contains("get nothing from now on but what a fence gives them", await MustAsync(trial, "project", "fence", "--orbs"), StringComparison.Ordinal);
        Assert.Equal(["orb no", "handed yes", "behind no", "inline yes", "mine yes"], Has(await trial.Run()));
        Assert.Contains("Steps of orbs in its jobs get only what a fence gives them", await MustAsync(trial, "project", "show"), StringComparison.Ordinal);
        Assert.Contains("\"withholds_from_orbs\": true", await MustAsync(trial, "project", "show", "--format", "json"), StringComparison.Ordinal);
        Assert.Contains("Steps of orbs in jobs of ", await MustAsync(trial, "secret", "list"), StringComparison.Ordinal);
        Assert.Contains("steps of orbs only by a fence", await MustAsync(trial, "project", "list"), StringComparison.Ordinal);
        Assert.Contains("acme/tool@1.0.0", keep.Entries().Last(e => e.Kind == LedgerKind.Grant).Job!.Orbs);
        Assert.Equal([1, 3, 4], keep.Entries().Last(e => e.Kind == LedgerKind.Grant).Variables.Single().Steps!.Value);

        await MustAsync(trial, "secret", "fence", "TOKEN", "--context", "release", "--orb", "acme/tool");
        Assert.Equal(["orb yes", "handed no", "behind yes", "inline no", "mine no"], Has(await trial.Run()));

        await MustAsync(trial, "secret", "fence", "TOKEN", "--context", "release", "--off");
        (await trial.Commands.Run("project", "fence", "--off")).AssertRefused("Every orb that ");
        await MustAsync(trial, "project", "fence", "--off", "--yes");
        Assert.Equal(["orb yes", "handed yes", "behind yes", "inline yes", "mine yes"], Has(await trial.Run()));
        Assert.Equal([false, true], keep.Entries().Where(e => e.Kind == LedgerKind.PolicyChanged).Select(e => e.Text.EndsWith("(opens)", StringComparison.Ordinal)));
    }

    [Fact]
    [Rule("ENV-7")]
    public async Task Are_for_the_steps_of_a_command_and_not_for_what_is_handed_to_it()
    {
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            orbs:
              own:
                commands:
                  push: {steps: [{run: {name: in the orb, command: 'echo "orb has ${#TOKEN}"'}}]}
            commands:
              push:
                parameters: {steps: {type: steps}}
                steps:
                  - run: {name: in the command, command: 'echo "command has ${#TOKEN}"'}
                  - steps: << parameters.steps >>
            jobs:
              deploy:
                machine: {image: "ubuntu-2404:current"}
                steps:
                  - push: {steps: [{run: {name: handed, command: 'echo "handed has ${#TOKEN}"'}}]}
                  - own/push
                  - run: {name: mine, command: 'echo "mine has ${#TOKEN}"'}
            workflows: {main: {jobs: [{deploy: {context: release}}]}}
            """)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("release", ("TOKEN", Token));

        await MustAsync(trial, "secret", "fence", "TOKEN", "--context", "release", "--command", "push");
        Assert.Equal(["command yes", "handed no", "orb no", "mine no"], Has(await trial.Run()));
        Assert.Contains("fenced: command push", await MustAsync(trial, "secret", "list"), StringComparison.Ordinal);

        await MustAsync(trial, "secret", "fence", "TOKEN", "--context", "release", "--command", "own/push");
        Assert.Equal(["command no", "handed no", "orb yes", "mine no"], Has(await trial.Run()));
    }

    [Fact]
    [Rule("INC-10")]
    public async Task Are_shown_with_the_step_that_referred_to_them_last()
    {
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              deploy:
                machine: {image: "ubuntu-2404:current"}
                steps:
                  - run: {name: look, command: 'test -n "$TOKEN"'}
                  - run: {name: push, command: 'test -n "${TOKEN}" && test -z "$OTHER"'}
                  - run: {name: rest, command: 'true'}
            workflows: {main: {jobs: [{deploy: {context: release}}]}}
            """)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("release", ("TOKEN", Token), ("UNUSED", Token + "2"));
        await keep.ContextAsync("other", ("OTHER", Token + "3"));
        Assert.Matches(@"\nTOKEN .* never +never\n", await MustAsync(trial, "secret", "list"));

        Assert.Equal((int)ExitCode.Success, (await trial.Run()).Exit);

        var list = await MustAsync(trial, "secret", "list");
        Assert.Matches(@"\nTOKEN .* ago to deploy #1 +[0-9]+s ago\n  last referenced by deploy/push\n", list);
        Assert.Matches(@"\nUNUSED .* ago to deploy #1 +never\n", list);
        Assert.Matches(@"\nOTHER .* never +never\n", list);
        using var json = System.Text.Json.JsonDocument.Parse((await trial.Commands.Run("secret", "list", "--format", "json")).Out);
        var token = json.RootElement.EnumerateArray().Single(s => s.GetProperty("name").GetString() == "TOKEN");
        Assert.StartsWith("deploy/push of local/", token.GetProperty("last_referenced_by").GetString(), StringComparison.Ordinal);
        Assert.True(token.TryGetProperty("last_referenced_at", out _));
        Assert.Contains(",last_referenced_at,last_referenced_by,", await MustAsync(trial, "secret", "list", "--format", "csv"), StringComparison.Ordinal);

        // Another context of that name is another secret.
        await MustAsync(trial, "context", "delete", "release", "--yes");
        await keep.ContextAsync("release", ("TOKEN", Token));
        Assert.Matches(@"\nTOKEN .* never +never\n", await MustAsync(trial, "secret", "list", "--context", "release"));
    }

    private static string[] Has(CommandResult result) => [.. System.Text.RegularExpressions.Regex.Matches(result.Out, @"\| (\w+) has (\d+)\n").Select(m => $"{m.Groups[1].Value} {(m.Groups[2].Value is "0" ? "no" : "yes")}")];

    private static async Task<string> MustAsync(PipelineTrial trial, params string[] arguments)
    {
        var result = await trial.Commands.Run(arguments);
        Assert.True(result.Exit == 0, result.Transcript);
        return result.Out + result.Error;
    }
}
