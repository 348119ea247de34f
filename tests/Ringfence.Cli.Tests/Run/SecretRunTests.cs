using Ringfence.Keep.Ledgers;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Tests.Run;

/// <summary>Pipelines whose jobs get secrets from a real keep.</summary>
public sealed partial class SecretRunTests
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

    [Theory]
    [Rule("CTX-36")]
    [InlineData("keep/keep.key", "The keys of the keep are missing: ringfence keep restore FILE")]
    [InlineData("keep", "The keys of the keep are missing: ringfence keep restore FILE")]
    [InlineData("keep/ledger", "The ledger of the keep is missing")]
    [InlineData("vault", "is gone from")]
    [InlineData("vault/*", "is gone from")]
    public async Task Are_not_left_out_when_a_part_of_the_keep_has_gone(string part, string says)
    {
        using var trial = (await PipelineTrial.With("version: 2.1\njobs:\n  build: {machine: true, steps: [run: 'echo \"has [$TOKEN]\"']}\nworkflows: {main: {jobs: [build]}}\n")).Committed();
        await using (var keep = await TrialKeep.OpenAsync(trial))
            await keep.ProjectAsync(await trial.ProjectAsync(), ("TOKEN", Token));
        Assert.Contains("| has [****]", (await trial.Run()).Out, StringComparison.Ordinal);

        var path = Path.Combine(trial.Home, part);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else
            Assert.All(Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path)), File.Delete);
        var result = await trial.Run();

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains(says, result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("| has", result.Out, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.Success, (await trial.Run("--no-secrets")).Exit);
    }

    [Fact]
    [Rule("CTX-36")]
    public async Task Are_not_left_out_when_a_state_without_them_was_put_back()
    {
        using var trial = (await PipelineTrial.With("version: 2.1\njobs:\n  build: {machine: true, steps: [run: 'echo \"has [$TOKEN]\"']}\nworkflows: {main: {jobs: [build]}}\n")).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        var owner = await keep.ProjectAsync(await trial.ProjectAsync(), ("OTHER", Token));
        await keep.DoAsync(new KeepRequest { RemoveSecret = new RemoveSecret { Owner = owner, Name = "OTHER" } });
        var file = Assert.Single(Directory.GetFiles(Path.Combine(trial.Home, "vault"), "*.json"));
        var before = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal((int)ExitCode.Success, (await trial.Run()).Exit);
        await keep.ProjectAsync(await trial.ProjectAsync(), ("TOKEN", Token));

        await File.WriteAllBytesAsync(file, before, TestContext.Current.CancellationToken);
        var result = await trial.Run();

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains("an older state was put back", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("| has", result.Out, StringComparison.Ordinal);
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

    [Theory]
    [Rule("MSK-7")]
    [InlineData("store_artifacts: {path: out}", "artifacts")]
    [InlineData("save_cache: {key: v1, paths: [out]}", "cache")]
    [InlineData("persist_to_workspace: {root: ., paths: [out]}", "workspace")]
    [InlineData("store_test_results: {path: out/deep/all.tgz}", "test results")]
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

        // Unless the project allows it, by the command that the denial names.
        var project = await trial.ProjectAsync();
        Assert.Contains($"That is: ringfence project allow {project} --forks.", result.Out, StringComparison.Ordinal);
        await trial.Commands.Run("project", "allow", project, "--forks", "--yes");
        Assert.Contains("| token [****]", (await trial.Run("--pr", "7", "--as-fork")).Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("SSH-21", "SSH-22", "SSH-23")]
    public async Task Are_not_given_to_a_job_with_a_shell_unless_all_that_it_asks_for_allow_it()
    {
        using var trial = (await PipelineTrial.With(OneJob)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("release", ("TOKEN", Token));
        await keep.ContextAsync("shared", ("OTHER", Token + "-other"));
        trial.Commands.WithInput("exit\n");

        var denied = await trial.Commands.Run("shell", "deploy");
        Assert.Contains("ssh_without_secrets", denied.Transcript, StringComparison.Ordinal);
        Assert.Contains("That is: ringfence context allow release --ssh.", denied.Transcript, StringComparison.Ordinal);
        await trial.Commands.Run("context", "allow", "release", "--ssh", "--yes");
        Assert.Contains("That is: ringfence context allow shared --ssh.", (await trial.Commands.Run("shell", "deploy")).Transcript, StringComparison.Ordinal);
        await trial.Commands.Run("context", "allow", "shared", "--ssh", "--yes");
        await trial.Commands.Run("secret", "fence", "OTHER", "--context", "shared", "--step", "deploy/no such step");
        trial.Commands.WithInput("echo \"in the shell ${#TOKEN} ${#OTHER}\"\nexit\n");
        var allowed = await trial.Commands.Run("shell", "deploy");

        Assert.DoesNotContain("ssh_without_secrets", allowed.Transcript, StringComparison.Ordinal);
        Assert.Contains("| token [****]", allowed.Transcript, StringComparison.Ordinal);

        // The person has them too, but for what a fence gives to some steps only.
        Assert.Equal($"in the shell {Token.Length} 0", allowed.Out.Split('\n').Single(line => line.StartsWith("in the shell", StringComparison.Ordinal)));
        Assert.Contains(keep.Entries(), e => e.Kind == LedgerKind.Grant && e.Text == "with SSH");
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
