using Ringfence.Keep.Ledgers;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Tests.Run;

/// <summary>Pipelines whose jobs get secrets from a real keep.</summary>
public sealed class SecretRunTests
{
    private const string Token = "npm_h8SxkQ02vTnPlanted77";

    private const string OneJob =
        """
        version: 2.1
        jobs:
          deploy:
            machine: {image: "ubuntu-2404:current"}
            environment: {FROM_JOB: of-the-job}
            steps:
              - run: {name: first, command: 'echo "token [$TOKEN] job [$FROM_JOB]"'}
              - run: {name: second, command: 'echo "${#TOKEN} characters"; echo "$TOKEN" | base64'}
        workflows: {main: {jobs: [{deploy: {context: [release, shared]}}]}}
        """;

    [Fact]
    [Rule("MSK-1", "CTX-20", "CTX-21", "ENV-6")]
    public async Task Come_from_contexts_and_are_masked_in_the_log()
    {
        using var trial = (await PipelineTrial.With(OneJob)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("release", ("TOKEN", "an-overridden-value"));
        await keep.ContextAsync("shared", ("TOKEN", Token), ("FROM_JOB", "never-shown"));

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.Success, result.Exit);
        Assert.Contains("| token [****] job [of-the-job]\n", result.Out, StringComparison.Ordinal);
        Assert.Contains($"| {Token.Length} characters\n", result.Out, StringComparison.Ordinal);
        Assert.Contains(Directory.EnumerateFiles(trial.Home, "*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains("TOKEN=**** (context shared)", StringComparison.Ordinal));
        Assert.DoesNotContain(Token, result.Out, StringComparison.Ordinal);
        Assert.Contains("TOKEN in the log of first", result.Out, StringComparison.Ordinal);
        Assert.Contains(keep.Entries(), e => e.Kind == LedgerKind.Grant && e.Job!.Name == "deploy");
        Assert.Contains(keep.Entries(), e => e.Kind == LedgerKind.Caught);
        Assert.Empty(trial.Leftovers());
    }

    [Fact]
    [Rule("CTX-10")]
    public async Task Are_not_left_out_when_a_context_is_missing()
    {
        using var trial = (await PipelineTrial.With(OneJob)).Committed();

        var none = await trial.Run();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("release", ("TOKEN", Token));
        var one = await trial.Run();
        var without = await trial.Run("--no-secrets");

        Assert.Equal((int)ExitCode.PipelineFailed, none.Exit);
        Assert.Contains("The context 'release' does not exist. Make it: ringfence context create release. Or run without secrets: --no-secrets.", none.Out, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.PipelineFailed, one.Exit);
        Assert.Contains("shared", one.Out, StringComparison.Ordinal);
        Assert.Contains("context_missing", one.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Spin up environment", one.Out, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.Success, without.Exit);
        Assert.Contains("| token [] job", without.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("CTX-50", "CTX-51", "CTX-53", "CTX-33", "EX-12.1")]
    public async Task Are_denied_with_the_reason_and_the_job_never_runs()
    {
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              deploy: {machine: {image: "ubuntu-2404:current"}, steps: [run: echo deploying]}
              after: {machine: {image: "ubuntu-2404:current"}, steps: [run: echo after]}
              other: {machine: {image: "ubuntu-2404:current"}, steps: [run: echo other]}
            workflows:
              main:
                jobs:
                  - deploy: {context: release}
                  - after: {requires: [deploy]}
                  - other
            """)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        var context = await keep.ContextAsync("release", ("TOKEN", Token));
        await keep.DoAsync(new KeepRequest { EditPolicy = new EditPolicy { Owner = context, AddProject = "gh/acme/other" } });

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains("unauthorized", result.Out, StringComparison.Ordinal);
        Assert.Contains("context_project", result.Out, StringComparison.Ordinal);
        Assert.Contains("Failed after", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("| deploying", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("| after", result.Out, StringComparison.Ordinal);
        Assert.Contains("| other", result.Out, StringComparison.Ordinal);
        Assert.Equal(LedgerKind.Denial, keep.Entries()[^1].Kind);
    }

    [Fact]
    [Rule("INC-9")]
    public async Task Leave_a_head_of_the_ledger_in_the_record_of_the_run()
    {
        using var trial = (await PipelineTrial.With(OneJob)).Committed();
        await using (var keep = await TrialKeep.OpenAsync(trial))
        {
            await keep.ContextAsync("release", ("TOKEN", Token));
            await keep.ContextAsync("shared");
        }

        await trial.Run();
        Assert.Equal((int)ExitCode.Success, (await trial.Commands.Run("ledger", "verify")).Exit);

        // Somebody takes the last entries away, and the keep's own head with them.
        var ledger = Path.Combine(trial.Home, "keep", "ledger");
        await File.WriteAllLinesAsync(ledger, (await File.ReadAllLinesAsync(ledger, TestContext.Current.CancellationToken))[..3], TestContext.Current.CancellationToken);
        File.Delete(ledger + ".head");
        var result = await trial.Commands.Run("ledger", "verify");

        Assert.Equal((int)ExitCode.Tampered, result.Exit);
        Assert.Contains("the ledger was cut off after entry 3", result.Error, StringComparison.Ordinal);
    }

    /// <summary>Cases T19 and T20 of the matrix for contexts.</summary>
    [Theory]
    [Rule("CTX-36", "ACT-8")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Are_decided_on_anew_for_what_continues_a_pipeline(bool setupIsDenied)
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            setup: true
            jobs:
              generate:
                machine: true
                steps:
                  - checkout
                  - run: |
                      # As curl would, which need not be installed.
                      url=https://circleci.com/api/v2/pipeline/continue
                      place=${url#http://}; place=${place%%/*}
                      exec 3<>/dev/tcp/${place/://}
                      printf 'POST /api/v2/pipeline/continue HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n' "$(wc -c < body.json)" >&3
                      cat body.json >&3
                      read -r answer <&3; echo "$answer"
            workflows: {setup: {jobs: [{generate: {context: CONTEXT}}]}}
            """.Replace("CONTEXT", setupIsDenied ? "closed" : "open", StringComparison.Ordinal));
        const string Second = "version: 2.1\njobs:\n  second: {machine: true, steps: [run: echo in the second]}\nworkflows: {more: {jobs: [{second: {context: closed}}]}}\n";
        trial.Commands.WithFile("body.json", System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["continuation-key"] = "k", ["configuration"] = Second }));
        trial.Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("open", ("TOKEN", Token));
        var closed = await keep.ContextAsync("closed", ("TOKEN", Token));
        await keep.DoAsync(new KeepRequest { EditPolicy = new EditPolicy { Owner = closed, AddProject = "gh/acme/other" } });

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Equal(!setupIsDenied, result.Out.Contains("more: workflow of 1 job", StringComparison.Ordinal));
        Assert.Contains(setupIsDenied ? "setup/generate: unauthorized" : "more/second: unauthorized", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("| in the second", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("CTX-36")]
    public async Task Are_missing_for_nobody_when_the_keep_cannot_answer()
    {
        using var trial = (await PipelineTrial.With(OneJob)).Committed();
        await using (var keep = await TrialKeep.OpenAsync(trial))
        {
            await keep.ContextAsync("release", ("TOKEN", Token));
            await keep.ContextAsync("shared");
        }

        var ledger = Path.Combine(trial.Home, "keep", "ledger");
        await File.WriteAllLinesAsync(ledger, (await File.ReadAllLinesAsync(ledger, TestContext.Current.CancellationToken))[..^1], TestContext.Current.CancellationToken);
        var result = await trial.Run();

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains("the ledger was cut off after entry", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("| token", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("ENV-7", "INC-22")]
    public async Task Are_for_the_steps_of_their_fence_only_and_do_not_get_out_by_BASH_ENV()
    {
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              deploy:
                machine: {image: "ubuntu-2404:current"}
                steps:
                  - run: {name: install, command: 'echo "install has [${TOKEN:-nothing}]"'}
                  - run: {name: push, command: 'echo "push has ${#TOKEN}"'}
                  - run: {name: spread, command: 'echo "export TOKEN=$TOKEN" >> "$BASH_ENV"'}
                  - run: {name: late, when: always, command: 'echo "late has [${TOKEN:-nothing}]"'}
            workflows: {main: {jobs: [{deploy: {context: release}}]}}
            """)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        var context = await keep.ContextAsync("release", ("TOKEN", Token));
        var fence = new Fence { Steps = { new FenceStep { Job = "deploy", Step = "push" }, new FenceStep { Job = "deploy", Step = "spread" } } };
        await keep.DoAsync(new KeepRequest { DescribeSecret = new DescribeSecret { Owner = context, Name = "TOKEN", Fence = fence } });

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains("| install has [nothing]\n", result.Out, StringComparison.Ordinal);
        Assert.Contains($"| push has {Token.Length}\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("this step wrote the value of TOKEN into $BASH_ENV", result.Out, StringComparison.Ordinal);
        Assert.Contains("| late has [nothing]\n", result.Out, StringComparison.Ordinal);
    }

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

    [Theory]
    [Rule("MSK-7")]
    [InlineData("store_artifacts: {path: out}", "artifacts")]
    [InlineData("save_cache: {key: v1, paths: [out]}", "cache")]
    [InlineData("persist_to_workspace: {root: ., paths: [out]}", "workspace")]
    [InlineData("store_test_results: {path: out}", "test results")]
    public async Task Are_refused_at_every_exit_of_files_also_packed(string step, string exit)
    {
        using var trial = (await PipelineTrial.With(
            $$$"""
            version: 2.1
            jobs:
              deploy:
                machine: {image: "ubuntu-2404:current"}
                steps:
                  - run: 'mkdir -p out/deep; echo "key=$TOKEN" > key.txt; tar czf out/deep/all.tgz key.txt; echo "<testsuite/>" > out/deep/junit.xml'
                  - {{{step}}}
            workflows: {main: {jobs: [{deploy: {context: release}}]}}
            """)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("release", ("TOKEN", Token));

        var result = await trial.Run();
        var warned = await trial.Run("--gate", "warn");

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains("Refused: the value of TOKEN", result.Out, StringComparison.Ordinal);
        Assert.Contains("all.tgz!key.txt at byte 4", result.Out, StringComparison.Ordinal);
        Assert.Contains($"TOKEN in the {exit}", result.Out, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.Success, warned.Exit);
        Assert.Contains("let through", warned.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("MSK-7")]
    public async Task Pass_where_the_users_own_settings_say_so_and_nowhere_else()
    {
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              deploy:
                machine: {image: "ubuntu-2404:current"}
                steps:
                  - run: {name: spread, command: 'echo "export TOKEN=$TOKEN" >> "$BASH_ENV"; echo "key=$TOKEN" > key.txt; echo "log $TOKEN"'}
                  - store_artifacts: {path: key.txt}
                  - save_cache: {key: v1, paths: [key.txt]}
            workflows: {main: {jobs: [{deploy: {context: release}}]}}
            """)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        var context = await keep.ContextAsync("release", ("TOKEN", Token));
        await keep.DoAsync(new KeepRequest { DescribeSecret = new DescribeSecret { Owner = context, Name = "TOKEN", Fence = new Fence { Steps = { new FenceStep { Job = "deploy", Step = "spread" } } } } });
        await File.WriteAllTextAsync(Path.Combine(trial.Home, "ringfence.toml"), "[gate]\nartifacts = \"warn\"\nbash_env = \"warn\"\n", TestContext.Current.CancellationToken);

        var result = await trial.Run();

        Assert.Contains("| log ****\n", result.Out, StringComparison.Ordinal);
        Assert.Matches(@"TOKEN in the \$BASH_ENV .*: let through", result.Out);
        Assert.Matches(@"TOKEN in the artifacts at .*key\.txt, byte 4 \(plain\): let through", result.Out);
        Assert.Matches(@"Refused: the value of TOKEN \(plain\) is in cache.*key\.txt", result.Out);
        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
    }

    [Fact]
    public async Task Are_not_looked_for_in_what_cannot_be_read_and_the_step_says_so()
    {
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              deploy:
                machine: {image: "ubuntu-2404:current"}
                steps:
                  - run: 'mkdir out; printf "\\375" > out/sealed.xz; printf "7zXZ\\000" >> out/sealed.xz; head -c 400 /dev/urandom >> out/sealed.xz'
                  - store_artifacts: {path: out}
            workflows: {main: {jobs: [{deploy: {context: release}}]}}
            """)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("release", ("TOKEN", Token));

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.Success, result.Exit);
        Assert.Contains("Not searched for secrets to its end: out!sealed.xz.", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("FORK-2", "FORK-13")]
    public async Task Are_not_given_to_forks()
    {
        using var trial = (await PipelineTrial.With(OneJob)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("release", ("TOKEN", Token));
        await keep.ContextAsync("shared");

        var result = await trial.Run("--pr", "7", "--as-fork");

        Assert.Contains("fork_without_secrets", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("| token", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("MSK-6")]
    public async Task Are_masked_when_a_step_has_made_them_itself()
    {
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              deploy:
                machine: {image: "ubuntu-2404:current"}
                steps:
                  - run: 'made=derived-$((600 + 7))-token; echo "$made" | ringfence-mask; echo "made [$made]"'
                  - run: 'echo "again [derived-$((600 + 7))-token]" | tee out.txt'
                  - store_artifacts: {path: out.txt}
                  - run: {when: always, command: 'ringfence-mask < /dev/null || echo "refused with $?"'}
            workflows: {main: {jobs: [deploy]}}
            """)).Committed();

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains("| made [****]\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("| again [****]\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("Refused: the value of masked value 1", result.Out, StringComparison.Ordinal);
        Assert.Contains("| refused with 2\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("ENV-5")]
    public async Task Of_several_lines_come_exactly_and_are_masked_line_by_line()
    {
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              deploy:
                machine: {image: "ubuntu-2404:current"}
                steps:
                  - run: 'printf %s "$KEY" | sha256sum; echo "$KEY"; echo "part [second-line-of-key]"'
            workflows: {main: {jobs: [{deploy: {context: release}}]}}
            """)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        const string Key = "-----BEGIN A KEY-----\nfirst-line-of-key\nsecond-line-of-key\n-----END A KEY-----\n";
        await keep.ContextAsync("release", ("KEY", Key));

        var result = await trial.Run();

        Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Key))), result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("-of-key", result.Out, StringComparison.Ordinal);
        Assert.Contains("| part [****]\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_asked_for_by_each_parallel_run()
    {
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              deploy: {machine: {image: "ubuntu-2404:current"}, parallelism: 3, steps: [run: 'echo "${#TOKEN}"']}
            workflows: {main: {jobs: [{deploy: {context: release}}]}}
            """)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("release", ("TOKEN", Token));

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.Success, result.Exit);
        Assert.Equal(["1/0", "1/1", "1/2"], keep.Entries().Where(e => e.Kind == LedgerKind.Grant).Select(e => e.Job!.Attempt).Order(StringComparer.Ordinal));
    }
}
