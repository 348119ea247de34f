using Ringfence.Runner.Jobs;

namespace Ringfence.Runner.Tests.Jobs;

/// <summary>Whole jobs with a real agent behind a real fence.</summary>
public sealed class JobExecutorTests : IDisposable
{
    private readonly JobTrial _trial = new();

    public void Dispose() => _trial.Dispose();

    [Fact]
    [Rule("EX-6.11", "EX-6.12", "EX-6.24", "EX-3.8", "EX-18.1")]
    public async Task After_a_failure_only_what_asks_for_it_runs()
    {
        var result = await RunAsync(
            """
            - run: {name: a, command: echo a-ran}
            - run: {name: b, command: exit 3}
            - run: {name: c, command: echo c-ran}
            - run: {name: d, command: echo d-ran, when: on_fail}
            - run: {name: e, command: echo e-ran && echo kept > kept.txt, when: always}
            - store_artifacts: {path: kept.txt, destination: out}
            """);

        Assert.Equal(JobOutcome.Failed, result.Outcome);
        Assert.Equal(["a", "d", "e", "Uploading artifacts"], Ended(StepOutcome.Success).Skip(2));
        Assert.Equal(["b"], Ended(StepOutcome.Failed));
        Assert.Equal(["c"], Ended(StepOutcome.Skipped));
        Assert.Contains("exit code 3", result.Reason, StringComparison.Ordinal);
        Assert.Equal(["out"], result.Artifacts);
    }

    [Fact]
    [Rule("EX-7.63", "EX-3.9", "EX-18.3")]
    public async Task Halt_ends_the_job_with_success_after_the_script_that_asks_for_it()
    {
        var result = await RunAsync(
            """
            - run: {name: one, command: circleci-agent step halt; echo still-here}
            - run: {name: two, command: echo never}
            - run: {name: three, command: echo never, when: always}
            """);

        Assert.Equal(JobOutcome.Success, result.Outcome);
        Assert.Contains("still-here", _trial.Printed, StringComparison.Ordinal);
        Assert.Equal(["two", "three"], Ended(StepOutcome.Skipped));
    }

    [Fact]
    [Rule("EX-7.63", "EX-6.12")]
    public async Task Halt_has_no_effect_on_a_job_that_has_failed()
    {
        var result = await RunAsync(
            """
            - run: {name: bad, command: "false"}
            - run: {name: rescue, command: circleci step halt, when: on_fail}
            - run: {name: after, command: echo kept > kept.txt, when: always}
            - run: {name: never, command: echo never}
            - store_artifacts: {path: kept.txt}
            """);

        Assert.Equal(JobOutcome.Failed, result.Outcome);
        Assert.Equal(["rescue", "after", "Uploading artifacts"], Ended(StepOutcome.Success).Skip(2));
        Assert.Equal(["never"], Ended(StepOutcome.Skipped));
        Assert.Equal(["kept.txt"], result.Artifacts);
    }

    [Fact]
    [Rule("MSK-6")]
    public async Task A_value_that_is_not_masked_is_refused_to_the_step_that_asks_for_it()
    {
        var result = await RunAsync(
            """
            - run: {name: short, command: "printf abc | ringfence-mask || echo short-ended-with-$?"}
            - run:
                name: many
                command: |
                  n=1000
                  while [ $n -lt 1103 ] && printf 'value-%s-end' "$n" | ringfence-mask; do printf 'now value-%s-end\n' "$n"; n=$((n + 1)); done
                  echo "ended at $((n - 1000))"
            """);

        Assert.Equal(JobOutcome.Success, result.Outcome);
        Assert.Contains("did not take the value: The value has fewer than 4 bytes", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("short-ended-with-1", _trial.Printed, StringComparison.Ordinal);
        Assert.DoesNotContain("value-1", _trial.Printed, StringComparison.Ordinal);
        Assert.Equal(100, _trial.Printed.Split("now ****").Length - 1);
        Assert.Contains("did not take the value: The steps of a job may add 100 values", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("ended at 100", _trial.Printed, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-5.9", "EX-5.10", "EX-5.11", "EX-18.12")]
    public async Task Repeats_a_step_that_failed_as_often_as_it_may()
    {
        var result = await RunAsync(
            """
            - run: {name: flaky, command: "echo x >> tries; [ $(wc -l < tries) -eq 3 ]", max_auto_reruns: 3}
            """);

        Assert.Equal(JobOutcome.Success, result.Outcome);
        Assert.Equal([0, 1, 2], _trial.Events.OfType<JobEvent.Ended>().Where(e => e.Step.Step == 2).Select(e => e.Step.Attempt));
    }

    [Fact]
    [Rule("EX-6.15")]
    public async Task Kills_a_step_that_is_silent_for_too_long()
    {
        var result = await RunAsync("- run: {name: quiet, command: \"trap '' TERM; tail -f /dev/null\", no_output_timeout: 1s}");

        Assert.Equal(JobOutcome.Failed, result.Outcome);
        Assert.Contains("Too long with no output (exceeded 1s): context deadline exceeded", _trial.Printed, StringComparison.Ordinal);
        Assert.Equal("The step \"quiet\" timed out: no output for 1s.", result.Reason);
        Assert.Equal((StepOutcome.TimedOut, "no output for 1s"), _trial.Events.OfType<JobEvent.Ended>().Select(e => (e.Step.Outcome, e.Step.Limit)).Last());
    }

    [Fact]
    [Rule("EX-6.14", "EX-6.6", "EX-18.14")]
    public async Task A_background_step_does_not_matter_to_the_job_and_ends_with_it()
    {
        var result = await RunAsync(
            """
            - run: {name: server, command: "echo listening; touch heard; exit 1", background: true}
            - run: {name: daemon, command: "echo $$ > pid; tail -f /dev/null", background: true}
            - run: {name: work, command: "until [ -s pid ] && [ -e heard ]; do :; done; kill -0 $(cat pid)"}
            """);

        Assert.Equal(JobOutcome.Success, result.Outcome);
        Assert.Contains("\nlistening\n", _trial.Printed, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-7.30", "EX-7.33", "EX-7.38", "EX-8.5", "EX-6.2")]
    public async Task Keeps_caches_between_jobs_and_variables_between_steps()
    {
        const string Steps =
            """
            - restore_cache: {keys: ["v1-{{ .Branch }}", v1-]}
            - run: "[ -f dep/lib ] && echo hit || { mkdir -p dep; echo content > dep/lib; }"
            - save_cache: {key: "v1-{{ .Branch }}", paths: [dep, missing]}
            - run: echo 'export WORD=kept' >> "$BASH_ENV"
            - run: echo "word is $WORD"
            """;

        var first = await RunAsync(Steps);
        var second = await RunAsync(Steps);

        Assert.Equal((0, 1), (first.CacheHits, first.CacheMisses));
        Assert.Equal((1, 0), (second.CacheHits, second.CacheMisses));
        Assert.Contains("\nhit\n", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("word is kept", _trial.Printed, StringComparison.Ordinal);
        Assert.Contains("Skipping cache generation, cache already exists for key: v1-main", _trial.Printed, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-6.21", "EX-18.2")]
    public async Task Cancel_ends_the_running_step_and_runs_no_other()
    {
        using var stop = new JobStop { Grace = TimeSpan.Zero };
        var result = await RunAsync(
            """
            - run: {name: long, command: "echo begun; tail -f /dev/null"}
            - run: {name: after, command: echo never, when: always}
            """,
            stop,
            text => text.Contains("begun\n", StringComparison.Ordinal) && !text.Contains("echo begun\n", StringComparison.Ordinal));

        Assert.Equal(JobOutcome.Canceled, result.Outcome);
        Assert.Equal(["after"], Ended(StepOutcome.Skipped));
    }

    [Fact]
    [Rule("EX-3.5", "EX-6.14")]
    public async Task Without_its_sandbox_a_job_ends_after_its_background_steps()
    {
        FakeServices? sandboxes = null;
        _trial.Around = provider => sandboxes = new FakeServices(provider);
        var gone = Task.CompletedTask;
        _trial.OnPrinted = text =>
        {
            if (text == "begun\n")
                gone = sandboxes!.Started!.DisposeAsync().AsTask();
        };

        var result = await RunAsync(
            """
            - run: {name: server, command: tail -f /dev/null, background: true}
            - run: {name: work, command: echo begun; tail -f /dev/null}
            """);

        Assert.Equal(["server"], Ended(StepOutcome.Success).Skip(2));
        Assert.Equal(JobOutcome.InfrastructureFail, result.Outcome);
        await gone;
    }

    private IEnumerable<string> Ended(StepOutcome outcome) => _trial.Ended(outcome);

    private Task<JobResult> RunAsync(string steps, JobStop? stop = null, Func<string, bool>? cancelOn = null) => _trial.RunAsync(steps, stop, cancelOn);
}
