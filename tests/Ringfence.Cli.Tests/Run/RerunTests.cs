namespace Ringfence.Cli.Tests.Run;

/// <summary><c>ringfence rerun</c>, automatic reruns, and setup workflows.</summary>
public sealed class RerunTests
{
    private const string Flaky =
        """
        version: 2.1
        jobs:
          build:
            machine: true
            steps:
              - run: {name: Build, command: "echo built-now; echo b > made.txt"}
              - persist_to_workspace: {root: ., paths: [made.txt]}
          test:
            machine: true
            steps:
              - checkout
              - attach_workspace: {at: .}
              - run: {name: Test, command: "cat made.txt; cat fixed.txt"}
          deploy: {machine: true, steps: [run: echo deployed-now]}
        workflows:
          main:
            jobs:
              - build
              - test: {requires: [build]}
              - deploy: {requires: [test]}
        """;

    [Fact]
    [Rule("EX-5.2", "EX-18.11", "EX-7.58")]
    public async Task Goes_on_from_what_failed_with_the_same_workspace_and_the_code_of_now()
    {
        using var trial = await PipelineTrial.With(Flaky);
        var first = await trial.Run();
        trial.Commands.WithFile("fixed.txt", "fixed\n");

        var second = await trial.Rerun("--from-failed");

        Assert.Equal((int)ExitCode.PipelineFailed, first.Exit);
        Assert.Contains("ringfence rerun --from-failed", first.Out, StringComparison.Ordinal);
        Assert.Equal(0, second.Exit);
        Assert.DoesNotContain("| built-now", second.Out, StringComparison.Ordinal);
        Assert.Contains("carried over", second.Out, StringComparison.Ordinal);
        Assert.Contains("| b\n", second.Out, StringComparison.Ordinal);
        Assert.Contains("| deployed-now\n", second.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-5.1")]
    public async Task Repeats_everything_or_nothing_that_succeeded()
    {
        using var trial = await PipelineTrial.With(Flaky);
        trial.Commands.WithFile("fixed.txt", "fixed\n");
        await trial.Run();

        var fromFailed = await trial.Rerun();
        var fromStart = await trial.Rerun("1", "--from-start");

        Assert.Contains("No job of the workflow failed", fromFailed.Out, StringComparison.Ordinal);
        Assert.Contains("| built-now\n", fromStart.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_earlier_run_there_is_nothing_to_repeat()
    {
        using var trial = await PipelineTrial.With(Flaky);

        (await trial.Rerun()).AssertRefused("error[RF9305]: This project has no earlier run.");
        (await trial.Rerun("7")).AssertRefused("This project has no run 7");
        (await trial.Rerun("--from-start", "--failed-tests")).AssertRefused("Give one of");
    }

    [Fact]
    [Rule("EX-5.4", "EX-10.12")]
    public async Task Repeats_failed_tests_alone()
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              test:
                machine: true
                steps:
                  - checkout
                  - run: |
                      cat > run.sh \<<'END'
                      mkdir -p r; status=0
                      { echo "<testsuite>"
                      for t in $(cat); do
                        echo "ran-$t" >&2
                        if grep -q "$t" ok.txt; then echo "<testcase name='$t' file='$t'/>"; else echo "<testcase name='$t' file='$t'><failure/></testcase>"; status=1; fi
                      done; echo "</testsuite>"; } > r/x.xml
                      exit $status
                      END
                  - run: printf 'a.js\nb.js\n' | circleci tests run --command "bash run.sh"
                  - store_test_results: {path: r}
            workflows: {main: {jobs: [test]}}
            """);
        trial.Commands.WithFile("ok.txt", "a.js\n");
        var first = await trial.Run();
        trial.Commands.WithFile("ok.txt", "a.js b.js\n");

        var second = await trial.Rerun("--failed-tests");

        Assert.Contains("| ran-a.js", first.Out, StringComparison.Ordinal);
        Assert.Contains("failed test: b.js", first.Out, StringComparison.Ordinal);
        Assert.Equal(0, second.Exit);
        Assert.DoesNotContain("| ran-a.js", second.Out, StringComparison.Ordinal);
        Assert.Contains("| ran-b.js", second.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-5.4")]
    public async Task Without_a_failed_test_none_is_repeated_and_no_number_is_used()
    {
        const string Refusal = "error[RF9308]: can not rerun failed tests: no failed tests could be found";
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              passes:
                machine: true
                steps:
                  - run: "mkdir r; echo '<testsuite><testcase name=\"a\" file=\"a.js\"><failure/></testcase></testsuite>' > r/x.xml"
                  - store_test_results: {path: r}
              fails:
                machine: true
                steps:
                  - run: "mkdir r; echo '<testsuite><testcase name=\"b\" file=\"b.js\"/></testsuite>' > r/x.xml; exit 1"
                  - store_test_results: {path: r}
            workflows: {main: {jobs: [passes, fails]}}
            """);
        await trial.Run();

        (await trial.Rerun("--failed-tests")).AssertRefused(Refusal);
        (await trial.Rerun("1", "--failed-tests")).AssertRefused(Refusal);
        Assert.Contains("Pipeline 2", (await trial.Rerun("--from-failed")).Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-5.8")]
    public async Task A_workflow_repeats_itself_as_often_as_it_may()
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              flaky:
                machine: true
                steps:
                  - restore_cache: {key: tries-}
                  - run: "mkdir -p ~/t; touch ~/t/$CIRCLE_BUILD_NUM; ls ~/t | wc -l"
                  - save_cache: {key: "tries-{{ .BuildNum }}", paths: [~/t]}
                  - run: "[ $(ls ~/t | wc -l) = 3 ]"
            workflows:
              main: {max_auto_reruns: 4, jobs: [flaky]}
            """);

        var result = await trial.Run();

        Assert.Equal(0, result.Exit);
        Assert.Contains("main (rerun 2): workflow success", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("rerun 3", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("CL-20.1", "CL-20.3")]
    public async Task A_setup_workflow_goes_on_with_the_config_that_it_makes()
    {
        using var trial = await PipelineTrial.With(SetupTrial.Config);
        SetupTrial.Sends(trial, "version: 2.1\nparameters: {word: {type: string, default: none}}\njobs:\n  work: {machine: true, steps: [run: echo word is << pipeline.parameters.word >>]}\nworkflows: {real: {jobs: [work]}}\n");

        var result = await trial.Run();

        Assert.Equal(0, result.Exit);
        Assert.Contains("| word is made\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("real: workflow success", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-3.11", "CL-20.3")]
    public async Task What_a_setup_workflow_brings_may_have_the_approval_that_was_named()
    {
        using var trial = await PipelineTrial.With(SetupTrial.Config);
        SetupTrial.Sends(trial, "version: 2.1\nparameters: {word: {type: string, default: none}}\nworkflows: {real: {jobs: [hold: {type: approval}]}}\n");

        var known = await trial.Run("--approve", "hold");
        var unknown = await trial.Run("--approve", "holt");

        Assert.Equal(0, known.Exit);
        Assert.DoesNotContain("does nothing", known.Out, StringComparison.Ordinal);
        Assert.Equal(2, unknown.Out.Split("--approve holt does nothing: no approval of this pipeline has that name. Did you mean 'hold'?").Length);
    }

    /// <summary>The setup workflow and one that it brings may have the same name.</summary>
    [Theory]
    [InlineData("real")]
    [InlineData("setup")]
    [Rule("EX-5.2", "CL-20.3")]
    public async Task What_a_setup_workflow_brought_goes_on_from_what_failed(string name)
    {
        using var trial = await PipelineTrial.With(SetupTrial.Config);
        SetupTrial.Sends(
            trial,
            $$$"""
            version: 2.1
            parameters: {word: {type: string, default: none}}
            jobs:
              good: {machine: true, steps: [run: echo good-now]}
              bad: {machine: true, steps: [checkout, run: "echo word is << pipeline.parameters.word >>; cat fixed.txt"]}
            workflows: {{{{name}}}: {jobs: [good, bad]}, fine: {jobs: [good]}}

            """);
        var first = await trial.Run();
        var second = await trial.Rerun("--from-failed");
        trial.Commands.WithFile("fixed.txt", "fixed\n");
        var third = await trial.Rerun();

        Assert.Equal((int)ExitCode.PipelineFailed, first.Exit);
        Assert.DoesNotContain("--job bad", first.Out, StringComparison.Ordinal);
        Assert.Contains("ringfence rerun --from-failed", first.Out, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.PipelineFailed, second.Exit);
        Assert.Equal(0, third.Exit);
        foreach (var again in (string[])[second.Out, third.Out])
        {
            Assert.DoesNotContain("| generated-now\n", again, StringComparison.Ordinal);
            Assert.DoesNotContain("| good-now\n", again, StringComparison.Ordinal);
            Assert.Contains("| word is made\n", again, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Rule("EX-5.1", "EX-5.2", "CL-20.3")]
    public async Task A_setup_workflow_that_runs_again_brings_all_that_it_sends()
    {
        using var trial = await PipelineTrial.With(SetupTrial.Config);
        var failed = await trial.Run();
        SetupTrial.Sends(trial, "version: 2.1\nparameters: {word: {type: string, default: none}}\njobs:\n  work: {machine: true, steps: [run: echo worked-now]}\nworkflows: {real: {jobs: [work]}}\n");

        var (second, third) = (await trial.Rerun(), await trial.Rerun("--from-start"));

        Assert.Equal((int)ExitCode.PipelineFailed, failed.Exit);
        foreach (var again in (string[])[second.Out, third.Out])
        {
            Assert.Contains("| generated-now\n", again, StringComparison.Ordinal);
            Assert.Contains("| worked-now\n", again, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--from-failed")]
    [InlineData("--from-start")]
    [Rule("EX-5.1", "EX-5.2")]
    public async Task Repeats_only_what_the_earlier_run_had(string how)
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              test: {machine: true, steps: [run: echo tested-now]}
              lint: {machine: true, steps: [run: echo linted-now; exit 1]}
              publish: {machine: true, steps: [run: echo published-now]}
            workflows: {check: {jobs: [test, lint]}, release: {jobs: [publish]}}
            """);
        await trial.Run("--workflow", "check", "--job", "lint");
        await trial.Run("--job", "lint");
        await trial.Run("--workflow", "check");

        string[] again = [(await trial.Rerun("1", how)).Out, (await trial.Rerun(how)).Out, (await trial.Rerun("2", how)).Out, (await trial.Rerun("3", how)).Out];

        Assert.All(again, text => Assert.Contains("| linted-now\n", text, StringComparison.Ordinal));
        Assert.All(again, text => Assert.DoesNotContain("| published-now\n", text, StringComparison.Ordinal));
        Assert.All(again[..3], text => Assert.DoesNotContain("| tested-now\n", text, StringComparison.Ordinal));
        Assert.Equal(how is "--from-start", again[3].Contains("| tested-now\n", StringComparison.Ordinal));
    }

    [Fact]
    [Rule("EX-5.2")]
    public async Task A_workflow_that_the_config_has_only_now_does_not_start()
    {
        using var trial = await PipelineTrial.With(Flaky);
        await trial.Run();
        trial.Commands.WithFile("fixed.txt", "fixed\n").WithFile(".circleci/config.yml", Flaky + "\n  release: {jobs: [deploy: {name: publish}]}\n");

        var again = await trial.Rerun();

        Assert.Contains("main: workflow success", again.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("release/publish", again.Out, StringComparison.Ordinal);
        Assert.Contains("ringfence run --workflow release", again.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("main", "feature", true)]
    [InlineData("feature", "main", false)]
    [Rule("EX-5.1", "EX-5.2", "EX-5.7")]
    public async Task A_rerun_is_for_the_branch_of_the_first_run(string first, string second, bool deploys)
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              test: {machine: true, steps: [checkout, run: "echo for << pipeline.git.branch >>, default << pipeline.git.branch.is_default >>", run: cat fixed.txt]}
              deploy: {machine: true, steps: [run: "echo deployed $CIRCLE_BRANCH"]}
            workflows: {main: {jobs: [test, deploy: {requires: [test], filters: {branches: {only: main}}}]}}
            """);
        trial.Committed().Git("branch", "feature");
        trial.Git("checkout", "-q", first);
        Assert.Equal((int)ExitCode.PipelineFailed, (await trial.Run()).Exit);
        var then = trial.Git("rev-parse", "--short=7", "HEAD").Trim();
        trial.Git("checkout", "-q", second);
        trial.Commands.WithFile("fixed.txt", "fixed\n");
        trial.Committed("Fix it");

        foreach (var kind in (string[])["--from-failed", "--from-start"])
        {
            var again = await trial.Rerun(kind);

            Assert.Equal((0, ""), (again.Exit, again.Error));
            Assert.Contains($"| for {first}, default false\n", again.Out, StringComparison.Ordinal);
            Assert.Equal(deploys, again.Out.Contains("| deployed main\n", StringComparison.Ordinal));
        }

        // The code of the second run is that of the third, so only the branch is another.
        var last = (await trial.Rerun("1", "--from-start")).Out;
        Assert.Contains($"warning: The code is that of now, not that of run 1, which had the working tree at {then} on {first} without uncommitted changes.\n", last, StringComparison.Ordinal);
        var differs = $"warning: It is a run for branch {first}, as run 3 was, although branch {second} is checked out now.\n";
        last = (await trial.Rerun("3", "--from-start")).Out;
        Assert.Contains(differs, last, StringComparison.Ordinal);
        Assert.DoesNotContain("The code is that of now", last, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-5.7", "FORK-13")]
    public async Task A_rerun_does_not_take_the_code_of_a_pull_request_for_a_branch_of_the_project()
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("echo for << pipeline.git.branch >>"));
        trial.Committed();
        Assert.Contains("| for main\n", (await trial.Run()).Out, StringComparison.Ordinal);
        trial.Git("checkout", "-q", "-b", "pull/7");

        var again = (await trial.Rerun("--from-start")).Out;

        Assert.Contains("| for pull/7\n", again, StringComparison.Ordinal);
        Assert.Contains("warning: It is a run for branch pull/7, not for branch main as run 1 was: the code of a pull request runs for nothing else.\n", again, StringComparison.Ordinal);
        trial.Git("checkout", "-q", "main");
        Assert.Contains("| for pull/7\n", (await trial.Rerun("2", "--from-start")).Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-5.1", "EX-5.7")]
    public async Task A_rerun_of_a_commit_takes_that_commit_whatever_its_name_means_now()
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("git log -1 --format='commit: %s'"));
        trial.Committed();
        trial.Commands.WithFile(".circleci/config.yml", "version: 2.1\njobs: {build: {machine: true, steps: [checkout, run: \"git log -1 --format='commit: %s'\"]}}\nworkflows: {main: {jobs: [build]}}\n");
        trial.Committed("Second");
        Assert.Contains("| commit: Second\n", (await trial.Run("--commit", "HEAD")).Out, StringComparison.Ordinal);
        trial.Commands.WithFile("more.txt", "more");
        trial.Committed("Third");

        var again = (await trial.Rerun("--from-start")).Out;

        Assert.Contains("| commit: Second\n", again, StringComparison.Ordinal);
        Assert.DoesNotContain("The code is that of now", again, StringComparison.Ordinal);
    }
}
