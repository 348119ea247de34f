namespace Ringfence.Cli.Tests.Run;

/// <summary><c>ringfence run</c> from the config to the summary.</summary>
public sealed partial class RunTests
{
    private const string Pipeline =
        """
        version: 2.1
        jobs:
          build:
            machine: true
            steps:
              - checkout
              - run: {name: Compile, command: "mkdir out && cp word.txt out/app"}
              - persist_to_workspace: {root: ., paths: [out]}
          test:
            machine: true
            parallelism: 2
            steps:
              - attach_workspace: {at: .}
              - run: echo "$CIRCLE_NODE_INDEX of $CIRCLE_NODE_TOTAL tests $(cat out/app) as job $CIRCLE_BUILD_NUM; $CIRCLE_BRANCH"
          lint:
            machine: true
            steps: [checkout, run: "[ -e word.txt ]"]
          deploy:
            machine: true
            steps: [run: "echo deployed by $CIRCLE_JOB"]
        workflows:
          main:
            jobs:
              - build
              - lint
              - test: {requires: [build]}
              - hold: {type: approval, requires: [test, lint]}
              - deploy: {requires: [hold]}
        """;

    [Fact]
    [Rule("EX-1.1", "EX-2.7", "EX-10.1", "EX-18.9", "EX-3.8")]
    public async Task Runs_a_pipeline_to_its_end()
    {
        using var trial = await PipelineTrial.With(Pipeline);
        trial.Commands.WithFile("word.txt", "the-app");

        var result = await trial.Run("--approve", "hold");

        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.Contains("0 of 2 tests the-app", result.Out, StringComparison.Ordinal);
        Assert.Contains("1 of 2 tests the-app", result.Out, StringComparison.Ordinal);
        Assert.Contains("main/hold: on_hold", result.Out, StringComparison.Ordinal);
        Assert.Contains("deployed by deploy", result.Out, StringComparison.Ordinal);
        Assert.Contains("Succeeded after", result.Out, StringComparison.Ordinal);
        Assert.Empty(trial.Leftovers());
    }

    [Fact]
    [Rule("EX-3.11", "EX-3.13")]
    public async Task An_approval_that_nobody_can_be_asked_for_is_canceled()
    {
        using var trial = await PipelineTrial.With(Pipeline);
        trial.Commands.WithFile("word.txt", "w");

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains("--approve hold lets it pass", result.Out, StringComparison.Ordinal);
        Assert.Contains("main/deploy: not_run", result.Out, StringComparison.Ordinal);
        Assert.Contains("main: workflow canceled", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-1.2", "EX-3.7")]
    public async Task Pipelines_and_jobs_are_numbered_from_one()
    {
        using var trial = await PipelineTrial.With(Simple("echo pipeline << pipeline.number >> job $CIRCLE_BUILD_NUM"));

        Assert.Contains("| pipeline 1 job 1\n", (await trial.Run()).Out, StringComparison.Ordinal);
        Assert.Contains("| pipeline 2 job 2\n", (await trial.Run()).Out, StringComparison.Ordinal);
    }

    [Theory]
    [Rule("EX-1.2")]
    [InlineData("")]
    [InlineData("\0\0")]
    [InlineData("1")]
    [InlineData(null)]
    public async Task No_number_of_a_pipeline_is_given_twice_when_the_last_is_lost(string? damaged)
    {
        using var trial = await PipelineTrial.With(Simple("echo pipeline << pipeline.number >>"));
        await trial.Run();
        await trial.Run();
        var last = Assert.Single(Directory.GetFiles(trial.Home, "last-of-pipelines", SearchOption.AllDirectories));
        if (damaged is null)
            File.Delete(last);
        else
            await File.WriteAllTextAsync(last, damaged, TestContext.Current.CancellationToken);

        Assert.Contains("| pipeline 3\n", (await trial.Run()).Out, StringComparison.Ordinal);
        Assert.Contains("| pipeline 4\n", (await trial.Run()).Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-6.3", "EX-8.7")]
    public async Task Nothing_of_a_job_is_there_in_the_next()
    {
        using var trial = await PipelineTrial.With(Simple("ls -A ~ /tmp | grep -v ringfence; echo x > ~/mine; echo x > /tmp/mine; echo 'export A=1' >> $BASH_ENV"));

        await trial.Run();
        var second = await trial.Run();

        Assert.Equal(0, second.Exit);
        Assert.DoesNotContain("| mine", second.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-18.16")]
    public async Task A_tag_without_a_filter_for_tags_starts_no_workflow()
    {
        using var trial = await PipelineTrial.With(Simple("echo never"));

        var result = await trial.Run("--tag", "v1");

        Assert.Equal(0, result.Exit);
        Assert.Contains("does not run", result.Out, StringComparison.Ordinal);
        Assert.Contains("it has no filter for tags", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("never\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-18.13", "EX-10.9", "EX-10.13")]
    public async Task A_parallel_run_without_tests_succeeds()
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              build:
                machine: true
                parallelism: 4
                steps:
                  - run: printf 'a\nb\nc\n' | circleci tests run --command "xargs -r echo node-$CIRCLE_NODE_INDEX-runs" --split-by=name
            workflows: {main: {jobs: [build]}}
            """);

        var result = await trial.Run("-j", "4");

        Assert.Equal(0, result.Exit);
        Assert.Equal(3, result.Out.Split('\n').Count(line => line.Contains("-runs ", StringComparison.Ordinal) && !line.Contains("circleci", StringComparison.Ordinal)));
    }

    [Fact]
    [Rule("EX-9.13", "EX-9.14", "EX-3.14", "EX-2.6c", "EX-9.12")]
    public async Task What_cannot_run_here_is_not_run_and_what_waits_for_that_goes_on()
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              mac: {macos: {xcode: "15.0.0"}, steps: [run: x]}
              win: {machine: {image: "windows-server-2022-gui:current"}, resource_class: windows.medium, steps: [run: x]}
              gpu: {machine: {image: "linux-cuda-12:default"}, resource_class: gpu.nvidia.medium, steps: [run: x]}
              after: {machine: true, steps: [run: echo after]}
              needs: {machine: true, steps: [run: echo needs]}
              nothing: {type: no-op}
            workflows:
              main:
                jobs:
                  - mac
                  - win
                  - gpu
                  - nothing
                  - needs: {requires: [mac]}
                  - after: {requires: [mac: not_run, nothing]}
            """);

        var result = await trial.Run();

        Assert.Equal(0, result.Exit);
        Assert.Contains("main/mac: not_run (cannot run here: it needs macOS", result.Out, StringComparison.Ordinal);
        Assert.Contains("main/win: not_run", result.Out, StringComparison.Ordinal);
        Assert.Contains("main/gpu: not_run", result.Out, StringComparison.Ordinal);
        Assert.Contains("main/needs: not_run", result.Out, StringComparison.Ordinal);
        Assert.Contains("main/nothing: success", result.Out, StringComparison.Ordinal);
        Assert.Contains("| after\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-16.1")]
    public async Task Only_so_many_run_at_a_time()
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              a: {machine: true, steps: [run: echo a]}
              b: {machine: true, steps: [run: echo b]}
            workflows: {main: {jobs: [a, b]}}
            """);

        var result = await trial.Run("-j", "1");

        Assert.Equal(0, result.Exit);
        Assert.Contains("main/b: queued", result.Out, StringComparison.Ordinal);
        Assert.True(result.Out.IndexOf("main/a: success", StringComparison.Ordinal) < result.Out.IndexOf("main/b: running", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_job_runs_alone_with_the_workspace_of_the_last_run()
    {
        using var trial = await PipelineTrial.With(Pipeline);
        trial.Commands.WithFile("word.txt", "kept");
        await trial.Run();

        var result = await trial.Run("--job", "test");

        Assert.Equal(0, result.Exit);
        Assert.Contains("0 of 2 tests kept", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Compile", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_are_not_there_are_refused_with_those_that_are()
    {
        using var trial = await PipelineTrial.With(Pipeline);

        (await trial.Run("--job", "tset")).AssertRefused("error[RF9301]: The config has no job tset.\n  = help: Did you mean 'test'? It has: build, lint, test, deploy.");
        (await trial.Run("--workflow", "mian")).AssertRefused("The config has no workflow mian.\n  = help: Did you mean 'main'? It has: main.");
        (await trial.Run("--job", "hold")).AssertRefused("The job hold has no steps to run alone.");
    }

    [Fact]
    [Rule("EX-3.11")]
    public async Task A_name_to_approve_that_is_not_there_is_warned_of_once_with_those_that_are()
    {
        using var trial = await PipelineTrial.With(Pipeline);
        trial.Commands.WithFile("word.txt", "w");

        var near = (await trial.Run("--approve", "hodl", "--approve", "hodl")).Out;
        var far = (await trial.Run("--job", "lint", "--approve", "production", "--approve", "hold")).Out;

        const string Nearest = "warning: --approve hodl does nothing: no approval of this pipeline has that name. Did you mean 'hold'? It has: hold.\n";
        Assert.Equal(2, near.Split(Nearest).Length);
        Assert.Contains("warning: --approve production does nothing: no approval of this pipeline has that name. It has: hold.\n", far, StringComparison.Ordinal);
        Assert.DoesNotContain("--approve hold", far, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_what_happens_as_JSON_lines()
    {
        using var trial = await PipelineTrial.With(Simple("echo hello"));

        var result = await trial.Commands.Run("run", "--format", "json");

        var events = result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()).ToArray();
        Assert.Equal("pipeline_started", events[0]);
        Assert.Equal("pipeline_ended", events[^1]);
        Assert.Contains("step_ended", events);
    }

    [Fact]
    [Rule("EX-6.19", "EX-7.48")]
    public async Task All_parallel_runs_have_the_same_steps_and_artifacts_of_their_own()
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              build:
                machine: true
                parallelism: 2
                steps:
                  - run: {name: make, command: "echo $CIRCLE_NODE_INDEX > out; [ $CIRCLE_NODE_INDEX = 1 ]"}
                  - run: {name: skipped, command: echo}
                  - store_artifacts: {path: out}
            workflows: {main: {jobs: [build]}}
            """);

        var result = await trial.Commands.Run("run", "--format", "json");

        var steps = result.Out.Split('\n').Where(line => line.Contains("\"event\":\"step_ended\"", StringComparison.Ordinal)).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement)
            .ToLookup(e => e.TryGetProperty("node", out var node) ? node.GetInt32() : 0, e => e.GetProperty("step").GetInt32());
        Assert.Equal(steps[0].Order(), steps[1].Order());
        Assert.Equal(["0", "1"], Directory.EnumerateFiles(trial.Home, "out", SearchOption.AllDirectories).Select(File.ReadAllText).Select(text => text.Trim()).Order());
        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
    }

    [Fact]
    [Rule("CL-17.9")]
    public async Task Says_which_jobs_are_filtered_out_and_how_to_run_a_failed_one_again_as_it_ran()
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              build: {machine: true, steps: [run: exit 1]}
              deploy: {machine: true, steps: [run: echo never]}
            workflows:
              main: {jobs: [build, deploy: {filters: {branches: {only: release}}}]}
              nightly: {triggers: [{schedule: {cron: "0 0 * * *", filters: {branches: {only: main}}}}], jobs: [build]}
            """);

        var result = await trial.Run("--branch", "dev", "--image", "a=b c");

        Assert.Contains("main: not part of this run: deploy: branch 'dev' is not in only: release.", result.Out, StringComparison.Ordinal);
        Assert.Contains("nightly does not run: the workflow runs on its schedule only", result.Out, StringComparison.Ordinal);
        Assert.Contains("run it alone: ringfence run --branch dev --image 'a=b c' --workflow main --job build", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-7.54", "EX-7.56")]
    public async Task A_workspace_takes_what_fits_a_pattern_below_its_root()
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              make:
                machine: true
                steps:
                  - run: 'mkdir -p out/a/deep out/b; touch out/a/one.txt out/a/one.bin out/b/two.txt out/a/deep/three.txt out/top.txt out/whole outside.txt; mkdir out/all; touch out/all/x out/all/y'
                  - persist_to_workspace: {root: out, paths: ["*/*.txt", all, who?e]}
              use: {machine: true, steps: [attach_workspace: {at: /tmp/got}, run: "cd /tmp/got; echo has $(find . -type f | sort)"]}
            workflows: {main: {jobs: [make, use: {requires: [make]}]}}
            """);

        Assert.Contains("| has ./a/one.txt ./all/x ./all/y ./b/two.txt ./whole\n", (await trial.Run()).Out, StringComparison.Ordinal);
    }

    [Theory]
    [Rule("EX-9.15")]
    [InlineData("machine: true", "huge", "CircleCI has no resource class 'huge' for machines and would not run the job. Here it runs without limits.")]
    [InlineData("docker: [image: some/image]", "medium.gen3", "CircleCI has no resource class 'medium.gen3' for containers and would not run the job. Here it runs without limits.")]
    [InlineData("machine: true", "acme/big", "")]
    public async Task Says_that_there_is_no_such_resource_class(string executor, string resourceClass, string says)
    {
        using var trial = await PipelineTrial.With($"version: 2.1\njobs:\n  build:\n    {executor}\n    resource_class: {resourceClass}\n    steps: [run: echo ran]\nworkflows: {{main: {{jobs: [build]}}}}\n");

        var result = await trial.Run("--sandbox", "process");

        Assert.Contains("| ran\n", result.Out, StringComparison.Ordinal);
        Assert.Equal(says.Length > 0, result.Out.Contains("CircleCI has no resource class", StringComparison.Ordinal));
        Assert.Contains(says, result.Out, StringComparison.Ordinal);
    }

    internal static string Simple(string command) =>
        $"version: 2.1\njobs:\n  build:\n    machine: true\n    steps:\n      - run: |\n          {command.ReplaceLineEndings("\n          ")}\nworkflows: {{main: {{jobs: [build]}}}}\n";
}
