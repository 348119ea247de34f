using Microsoft.Extensions.Time.Testing;
using Ringfence.Primitives;
using Ringfence.Runner.Jobs;
using Ringfence.Runner.Secrets;

namespace Ringfence.Runner.Tests.Jobs;

/// <summary>What a step sees and how it is shown, in whole jobs behind a real fence.</summary>
public sealed class StepRuleTests : IDisposable
{
    private readonly JobTrial _trial = new();

    public void Dispose() => _trial.Dispose();

    [Fact]
    [Rule("EX-6.7", "EX-6.8", "EX-6.9", "EX-6.2")]
    public async Task A_step_runs_in_the_shell_that_is_named_nearest()
    {
        _trial.Keys = "shell: /bin/sh -e";
        var result = await _trial.RunAsync(
            """
            - run: {name: of-job, command: "echo job; false | true; echo pipes-are-not-looked-at"}
            - run: {name: own, command: "echo $0 $-; shopt -q login_shell || echo no-login", shell: /bin/bash -euo pipefail}
            - run: {name: fails, command: "false | true; echo never", shell: /bin/bash -eo pipefail}
            """);

        Assert.Equal(JobOutcome.Failed, result.Outcome);
        Assert.Contains("#!/bin/sh -e\necho job", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("\npipes-are-not-looked-at\n", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("#!/bin/bash -euo pipefail\n", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("\nno-login\n", _trial.Printed, StringComparison.Ordinal);
        Assert.DoesNotContain("\nnever\n", _trial.Printed, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-6.9", "EX-6.10", "EX-9.11", "EX-6.5", "EX-10.2")]
    public async Task Without_a_shell_of_its_own_it_is_bash_with_no_terminal_for_the_user_circleci()
    {
        await _trial.RunAsync(
            """
            - run: |
                [ -t 0 ] || echo no terminal
                echo "TERM is '$TERM'"
                id -un; echo $HOME
                command -v circleci circleci-agent
            """);

        Assert.Contains("#!/bin/bash -eo pipefail\n", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("no terminal\nTERM is 'dumb'\ncircleci\n/home/circleci\n", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("/circleci\n", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("/circleci-agent\n", _trial.Printed, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-3.5")]
    public async Task A_working_directory_that_cannot_be_made_is_the_jobs_own_failure()
    {
        _trial.Keys = "working_directory: /proc/nowhere";
        var result = await _trial.RunAsync("- run: echo never");

        Assert.Equal(JobOutcome.Failed, result.Outcome);
        Assert.StartsWith("The working directory /proc/nowhere cannot be made: ", result.Reason, StringComparison.Ordinal);
        Assert.Contains(result.Reason, _trial.Printed, StringComparison.Ordinal);
        Assert.DoesNotContain("never", _trial.Printed, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-6.4", "EX-18.19")]
    public async Task The_working_directory_is_made_and_a_dollar_in_it_is_a_letter()
    {
        _trial.Keys = "working_directory: $HOME/x";
        var result = await _trial.RunAsync("- run: pwd; echo $CIRCLE_WORKING_DIRECTORY");

        Assert.Equal(JobOutcome.Success, result.Outcome);
        Assert.Contains("\n/home/circleci/$HOME/x\n$HOME/x\n", _trial.Printed, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-8.3", "EX-8.4", "EX-8.4b", "EX-8.4c", "EX-8.4d", "EX-8.10")]
    public async Task A_variable_comes_from_the_nearest_place_and_is_taken_literally()
    {
        _trial.Adjust = assignment => assignment with { BuiltIns = [("CIRCLE_SHA1", "of-the-pipeline"), ("FOO", "1")] };
        _trial.Keys = "environment:\n  FOO: 3\n  BAR: of-job\n  LITERAL: /x:$PATH\n  CIRCLE_SHA1: of-job\n  FLAG: true\n  LINES: \"a\\nb\"";
        await _trial.RunAsync(
            """
            - run: echo "$FOO $BAR $LITERAL $CIRCLE_SHA1 $FLAG $LINES"
            - run: {command: 'echo "$FOO $BAR"', environment: {FOO: 4}}
            - run: {command: 'FOO=5; echo "$FOO"', environment: {FOO: 4}}
            """);

        Assert.Contains("\n3 of-job /x:$PATH of-job 1 a\nb\n", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("\n4 of-job\n", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("\n5\n", _trial.Printed, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-8.6")]
    public async Task Only_bash_reads_BASH_ENV()
    {
        await _trial.RunAsync(
            """
            - run: echo 'export LATER=yes' >> "$BASH_ENV"; echo "now '$LATER'"
            - run: echo "bash '$LATER'"
            - run: {command: 'echo "sh ''$LATER''"', shell: /bin/sh}
            - run: {command: '. "$BASH_ENV"; echo "sourced ''$LATER''"', shell: /bin/sh}
            """);

        Assert.Contains("now ''", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("bash 'yes'", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("sh ''", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("sourced 'yes'", _trial.Printed, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-6.16", "EX-6.18", "EX-6.20", "EX-6.24")]
    public async Task The_end_of_a_step_has_its_exit_code()
    {
        var result = await _trial.RunAsync("- checkout\n- run: {name: killed, command: kill -9 $$}");

        Assert.Equal(JobOutcome.Failed, result.Outcome);
        Assert.Contains("Exited with code exit status 137", _trial.Printed, StringComparison.Ordinal);
        var codes = _trial.Events.OfType<JobEvent.Ended>().Select(e => e.Step.ExitCode).ToArray();
        Assert.Equal([null, null, null, 137], codes);
    }

    [Fact]
    [Rule("EX-6.22", "EX-3.10", "EX-6.12")]
    public async Task A_job_that_runs_too_long_ends_and_no_other_step_runs()
    {
        var clock = new RingingClock(TimeSpan.FromHours(3));
        _trial.Clock = clock;
        _trial.Adjust = assignment => assignment with { LongestRun = TimeSpan.FromHours(3) };
        _trial.OnPrinted = text =>
        {
            if (text == "begun\n")
                clock.Ring();
        };
        using var stop = new JobStop { Grace = TimeSpan.Zero };
        var result = await _trial.RunAsync("- run: {name: long, command: echo begun; tail -f /dev/null}\n- run: {name: after, command: echo never, when: always}\n- store_artifacts: {path: x}", stop);

        Assert.Equal((JobOutcome.TimedOut, "The job ran longer than its time limit of 3h."), (result.Outcome, result.Reason));
        Assert.Equal("the job's time limit of 3h", _trial.Events.OfType<JobEvent.Ended>().Single(e => e.Step.Outcome == StepOutcome.TimedOut).Step.Limit);
        Assert.Equal(["after", "Uploading artifacts"], _trial.Ended(StepOutcome.Skipped));
    }

    [Fact]
    [Rule("EX-7.1", "EX-7.2", "EX-6.1", "EX-7.64")]
    public async Task Steps_have_the_names_that_people_know()
    {
        await _trial.RunAsync(
            """
            - checkout
            - run: echo short
            - run: {name: Long, command: echo long}
            - when: {condition: true, steps: [run: echo when]}
            - unless: {condition: true, steps: [run: echo unless]}
            - restore_cache: {key: a}
            - save_cache: {key: a, paths: [b]}
            - attach_workspace: {at: .}
            - store_test_results: {path: tests}
            - store_artifacts: {path: tests}
            - run: echo x > f
            - persist_to_workspace: {root: ., paths: [f]}
            """);

        Assert.Equal(
            [
                "Spin up environment", "Preparing environment variables", "Checkout code", "echo short", "Long", "echo when", "Restoring cache", "Saving cache",
                "Attaching workspace", "Uploading test results", "Uploading artifacts", "echo x > f", "Persisting to workspace",
            ],
            _trial.Events.OfType<JobEvent.Started>().Select(e => e.Step.Name));
    }

    [Fact]
    [Rule("EX-6.13")]
    public async Task What_stores_for_others_is_not_done_after_a_failure()
    {
        await _trial.RunAsync(
            """
            - run: {name: fails, command: exit 1}
            - save_cache: {key: a, paths: [b]}
            - restore_cache: {key: a}
            - attach_workspace: {at: .}
            - persist_to_workspace: {root: ., paths: [f]}
            - checkout
            """);

        Assert.Equal(["Saving cache", "Restoring cache", "Attaching workspace", "Persisting to workspace", "Checkout code"], _trial.Ended(StepOutcome.Skipped));
    }

    [Theory]
    [Rule("EX-7.54")]
    [InlineData("../outer")]
    [InlineData("/etc/passwd")]
    [InlineData("in/../../outer")]
    public async Task A_workspace_takes_nothing_from_outside_of_its_root(string path)
    {
        var result = await _trial.RunAsync($"- run: mkdir -p root/in; touch root/in/f outer\n- persist_to_workspace: {{root: root, paths: [in, {path}]}}");

        Assert.Equal(JobOutcome.Failed, result.Outcome);
        Assert.Matches(" is outside of the workspace's root .*/root: paths are relative to it", _trial.Printed);
    }

    [Fact]
    [Rule("EX-6.13", "EX-7.46")]
    public async Task Artifacts_are_stored_after_a_failure_too()
    {
        var result = await _trial.RunAsync("- run: mkdir out; echo kept > out/f; exit 1\n- store_artifacts: {path: out}");

        Assert.Equal(JobOutcome.Failed, result.Outcome);
        Assert.Contains("Uploading artifacts", _trial.Ended(StepOutcome.Success));
        Assert.Equal("kept\n", await File.ReadAllTextAsync(Assert.Single(_trial.Artifacts), TestContext.Current.CancellationToken));
    }

    [Theory]
    [Rule("EX-6.15")]
    [InlineData(599, "echo begun; echo ended", JobOutcome.Success, "ended")]
    [InlineData(600, "echo begun; exec tail -f /dev/null", JobOutcome.Failed, "Too long with no output (exceeded 10m0s)")]
    public async Task A_step_may_be_silent_for_ten_minutes(int seconds, string command, JobOutcome outcome, string says)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        _trial.Clock = clock;
        var isOver = false;

        // The shell's own line in the log has the command in it; only the output of the step begins with the word.
        var result = await _trial.RunAsync($"- run: {{name: quiet, command: '{command}'}}", cancelOn: text =>
        {
            if (!isOver && text.StartsWith("begun", StringComparison.Ordinal))
            {
                isOver = true;
                clock.Advance(TimeSpan.FromSeconds(seconds));
            }

            return false;
        });

        Assert.Equal(outcome, result.Outcome);
        Assert.Contains(says, _trial.Printed, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-7.41")]
    public async Task A_cache_keeps_the_modes_of_its_files()
    {
        await _trial.RunAsync("- run: mkdir d; echo x > d/f; chmod 751 d/f; chmod 700 d\n- save_cache: {key: modes, paths: [d]}");
        await _trial.RunAsync("- restore_cache: {key: modes}\n- run: stat -c '%a %n' d d/f");

        Assert.Contains("700 d\n751 d/f\n", _trial.Printed, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-7.31")]
    public async Task A_key_holds_built_in_variables_and_digests_of_the_granted_ones()
    {
        const string Value = "planted-value-7Qx";
        const string Key = "\"{{ .Environment.CI }}-{{ .Environment.CIRCLE_NODE_INDEX }}-{{ .Environment.CIRCLE_WORKING_DIRECTORY }}-{{ .Environment.OWN }}-{{ .Environment.TOKEN }}-{{ .Environment.FENCED }}\"";
        _trial.Keys = "environment: {OWN: of-job, TOKEN: of-job}";
        foreach (var (node, value) in ((int, string)[])[(0, Value), (1, Value), (1, Value + "2"), (1, Value)])
        {
            using var secret = new SecretValue(value);
            _trial.Adjust = assignment => assignment with { NodeIndex = node, NodeTotal = 2, Secrets = [new JobSecret("TOKEN", secret, "context a", null), new JobSecret("FENCED", secret, "context a", [7])] };
            Assert.Equal(JobOutcome.Success, (await _trial.RunAsync($"- run: echo x > f\n- restore_cache: {{key: {Key}}}\n- save_cache: {{key: {Key}, paths: [f]}}")).Outcome);
        }

        var keys = _trial.Stores.Caches.List().Select(c => c.Key).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(3, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.All(keys, key => Assert.Matches("^true-[01]-~/project--[0-9a-f]{16}-$", key));
        Assert.Single(keys, key => key.StartsWith("true-0-", StringComparison.Ordinal));
        Assert.Equal(1, _trial.Printed.Split("Skipping cache generation").Length - 1);
        Assert.DoesNotContain(Value, _trial.Printed + string.Concat(keys), StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-7.45")]
    public async Task Artifacts_may_lie_outside_of_the_working_directory()
    {
        var result = await _trial.RunAsync(
            """
            - run: mkdir -p ../out real/s; echo x > ../out/f; ln -s real lk; echo y > real/s/g; echo z > h
            - store_artifacts: {path: ../out}
            - store_artifacts: {path: lk/../lk/s}
            - store_artifacts: {path: ~/project/h}
            """);

        Assert.Equal(JobOutcome.Success, result.Outcome);
        Assert.Equal(["home/circleci/out/f", "lk/s/g", "home/circleci/project/h"], result.Artifacts);
    }

    [Fact]
    [Rule("EX-7.40")]
    public async Task A_cache_is_kept_as_long_as_its_job_says()
    {
        _trial.Keys = "retention: {caches: 3d}";
        await _trial.RunAsync("- run: echo x > f\n- save_cache: {key: short, paths: [f]}");
        _trial.Keys = "retention: {caches: 30d}";
        await _trial.RunAsync("- run: echo y > f\n- save_cache: {key: long, paths: [f]}");

        var kept = _trial.Stores.Caches.List().ToDictionary(c => c.Key, c => (int)Math.Round((c.ExpiresAt - c.CreatedAt).TotalDays));
        Assert.Equal(3, kept["short"]);
        Assert.Equal(15, kept["long"]);
    }

    [Fact]
    [Rule("EX-7.53", "EX-11.3")]
    public async Task Test_results_are_taken_after_a_failure_and_do_not_make_one()
    {
        const string Xml = "<testsuite><testcase name=\\\"one\\\" file=\\\"a.js\\\" time=\\\"1\\\"/><testcase name=\\\"two\\\" file=\\\"b.js\\\"><failure/></testcase></testsuite>";
        var passed = await _trial.RunAsync($"- run: \"mkdir r; echo '{Xml}' > r/x.xml\"\n- store_test_results: {{path: r}}");
        var failed = await _trial.RunAsync($"- run: \"mkdir r; echo '{Xml}' > r/x.xml; exit 1\"\n- store_test_results: {{path: r}}");

        Assert.Equal((JobOutcome.Success, 2), (passed.Outcome, passed.Tests));
        Assert.Equal((JobOutcome.Failed, 2), (failed.Outcome, failed.Tests));
        Assert.Equal(["two"], failed.FailedTests);
    }

    /// <summary>What else lies there does not leave the job, however much it is, and what cannot be read fails nothing.</summary>
    [Fact]
    [Rule("EX-7.50", "EX-7.51")]
    public async Task Of_a_folder_of_test_results_only_XML_is_read()
    {
        var result = await _trial.RunAsync(
            """
            - run: "mkdir -p r/deep r/shut && for f in r/x.xml r/deep/Y.XML r/no.xml; do echo '<testsuite><testcase name=\"t\"/></testsuite>' > $f; done && truncate -s 600M r/core && chmod 0 r/no.xml r/shut"
            - store_test_results: {path: r}
            - run: "chmod 700 r/shut"
            """);

        Assert.Equal((JobOutcome.Success, 2), (result.Outcome, result.Tests));
        Assert.Matches("Warning: not read, since the user of the job may not: .*/r/no.xml\n", _trial.Printed);
        Assert.Matches("Warning: not read, since the user of the job may not: .*/r/shut\n", _trial.Printed);
    }

    [Fact]
    [Rule("EX-7.60")]
    public async Task The_old_step_deploy_is_a_run()
    {
        var result = await _trial.RunAsync("- deploy: {name: Ship, command: echo shipped}");

        Assert.Equal(JobOutcome.Success, result.Outcome);
        Assert.Contains("\nshipped\n", _trial.Printed, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-6.17", "EX-6.23")]
    public async Task All_of_a_large_output_is_taken()
    {
        var result = await _trial.RunAsync("- run: head -c 20000000 /dev/zero | tr '\\0' x");

        Assert.Equal(JobOutcome.Success, result.Outcome);
        Assert.Equal(20_000_000, _trial.Printed.Count(c => c == 'x') - "exec".Count(c => c == 'x'), 100.0);
    }

    [Fact]
    [Rule("EX-9.10")]
    public async Task Without_the_fence_and_without_the_network_it_is_what_it_says()
    {
        _trial.HasNetwork = false;
        await _trial.RunAsync("- run: wc -l /proc/net/dev");
        _trial.IsFenced = false;
        var result = await _trial.RunAsync("- run: echo plain in $HOME");

        Assert.Contains("network off", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("no isolation", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("plain in", _trial.Printed, StringComparison.Ordinal);
        Assert.Equal(JobOutcome.Success, result.Outcome);
    }
}
