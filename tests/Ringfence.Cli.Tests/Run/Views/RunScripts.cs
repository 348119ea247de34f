using System.Globalization;
using Ringfence.Config.Compilation;
using Ringfence.Runner.Jobs;
using Ringfence.Workflows;
using static Ringfence.Cli.Tests.Run.Views.RunScript;

namespace Ringfence.Cli.Tests.Run.Views;

/// <summary>The runs that every view is tested with.</summary>
internal static class RunScripts
{
    /// <summary>Their names, for the golden files.</summary>
    public static TheoryData<string> Names => ["success", "failure", "approval", "not-run", "partly", "nothing", "parallel", "alike", "cancel", "infrastructure", "long-line", "binary", "hostile", "retries", "time-out"];

    public static RunScript Named(string name) => name switch
    {
        "success" => Success(),
        "failure" => Failure(),
        "approval" => Approval(),
        "not-run" => NotRun(),
        "partly" => Partly(),
        "nothing" => Nothing(),
        "parallel" => Parallel(),
        "alike" => Alike(),
        "cancel" => Cancel(),
        "infrastructure" => Infrastructure(),
        "long-line" => LongLine(),
        "binary" => Binary(),
        "hostile" => Hostile(),
        "retries" => Retries(),
        "time-out" => TimeOut(),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static RunScript Success() => new RunScript().Begin("build", Planned("lint"), Planned("test"), Planned("package", "lint", "test"))
        .Skipped("nightly", "It runs on a schedule only.").Look()
        .Job("lint", JobStatus.Running).Job("test", JobStatus.Running).Starts("lint").Starts("test")
        .Step("lint", 0, "Spin up environment").Step("test", 0, "Spin up environment").Prints("lint", 0, "Pulled cimg/base:2026.01\n").Wait(1)
        .StepDone("lint", 0, exit: null).StepDone("test", 0, exit: null).Step("lint", 1, "Check style").Step("test", 1, "Run tests")
        .Prints("test", 1, "ok 1 adds\nok 2 sub").Prints("test", 1, "tracts\n").Wait(1.2).Look()
        .StepDone("lint", 1).Done("lint", Result(seconds: 2.2)).Job("lint", JobStatus.Success).Wait(60).Look()
        .StepDone("test", 1).Done("test", Result(seconds: 62.2) with { Tests = 2, CacheHits = 1, CacheMisses = 1, Artifacts = ["a/b.txt"] }).Job("test", JobStatus.Success)
        .Job("package", JobStatus.Running).Starts("package").Step("package", 0, "Pack").Prints("package", 0, "packed without a line end").Wait(1)
        .StepDone("package", 0).Done("package", Result(seconds: 1)).Job("package", JobStatus.Success).Look().End(WorkflowStatus.Success);

    private static RunScript Failure()
    {
        var script = new RunScript().Begin("build", Planned("unit"), Planned("browser"), Planned("deploy", "unit", "browser"))
            .Job("unit", JobStatus.Running).Job("browser", JobStatus.Running).Starts("unit").Starts("browser").Step("unit", 0, "Run the tests").Step("browser", 0, "Browse");
        for (var i = 1; i <= 30; i++)
            script.Prints("unit", 0, string.Create(CultureInfo.InvariantCulture, $"line {i} of the tests\n"));
        return script.Prints("browser", 0, "opened page 1\n").Wait(4).StepDone("unit", 0, StepOutcome.Failed, exit: 2)
            .Done("unit", Result(JobOutcome.Failed, 4, failedStep: 0) with { Tests = 120, FailedTests = ["Adds.Zero", "Adds.One"] })
            .Job("unit", JobStatus.Failed).Workflow(WorkflowStatus.Failing).Job("deploy", JobStatus.NotRun, "It requires unit, which failed.").Wait(1).Look()
            .StepDone("browser", 0).Done("browser", Result(seconds: 5)).Job("browser", JobStatus.Success).End(WorkflowStatus.Failed);
    }

    private static RunScript Approval() => new RunScript()
        .Begin("release", Planned("build"), Planned("hold", "build") with { Type = JobType.Approval }, Planned("publish", "hold"))
        .Job("build", JobStatus.Running).Starts("build").Wait(2).Done("build", Result(seconds: 2)).Job("build", JobStatus.Success)
        .Workflow(WorkflowStatus.OnHold).Job("hold", JobStatus.OnHold).Asks("hold").Wait(5).Look()
        .Job("hold", JobStatus.Success, "Approved at the terminal.").Workflow(WorkflowStatus.Running).Job("publish", JobStatus.Running).Starts("publish").Wait(1).Look()
        .Done("publish", Result(seconds: 1)).Job("publish", JobStatus.Success).End(WorkflowStatus.Success);

    private static RunScript NotRun() => new RunScript().Begin("build", Planned("a"), Planned("b", "a"), Planned("c", "b"))
        .Job("b", JobStatus.NotRun, "Its filters do not let branch main through.").Job("c", JobStatus.NotRun, "It requires b, which does not run.").Job("a", JobStatus.Queued).Wait(1).Look()
        .Job("a", JobStatus.Unauthorized, "It may not use the context deploy-keys.").End(WorkflowStatus.Unauthorized);

    private static RunScript Partly() => new RunScript().Begin("build", Planned("linux"), Planned("mac"))
        .Job("mac", JobStatus.NotRun, "cannot run here: it needs macOS, which cannot be had here").Job("linux", JobStatus.Running).Starts("linux").Wait(1).Look()
        .Done("linux", Result(seconds: 1)).Job("linux", JobStatus.Success).End(WorkflowStatus.Success);

    private static RunScript Nothing() => new RunScript().Begin("build", Planned("mac"), Planned("windows"))
        .Job("mac", JobStatus.NotRun, "cannot run here: it needs macOS, which cannot be had here").Job("windows", JobStatus.NotRun, "cannot run here: it needs Windows, which cannot be had here").Look()
        .End(WorkflowStatus.NotRun);

    private static RunScript Parallel()
    {
        var script = new RunScript().Begin("build", Planned("test") with { Nodes = 3 }).Job("test", JobStatus.Running);
        for (var node = 0; node < 3; node++)
            script.Starts("test", node, 3).Step("test", 0, "Run tests", node).Prints("test", 0, string.Create(CultureInfo.InvariantCulture, $"share {node} of 3\n"), node);
        return script.Wait(3).StepDone("test", 0, node: 0).Done("test", Result(), node: 0)
            .StepDone("test", 0, StepOutcome.Failed, exit: 1, node: 2).Done("test", Result(JobOutcome.Failed, failedStep: 0), node: 2).Wait(1).Look()
            .StepDone("test", 0, node: 1).Done("test", Result(seconds: 4), node: 1).Job("test", JobStatus.Failed).Wait(1).Look().End(WorkflowStatus.Failed);
    }

    /// <summary>Several parallel runs fail in one way, and one in another.</summary>
    private static RunScript Alike()
    {
        const string Reason = "The registry of nosuch/image:1 cannot be reached.";
        var script = new RunScript().Begin("build", Planned("test") with { Nodes = 5 }).Job("test", JobStatus.Running);
        foreach (var node in (int[])[0, 1, 2, 4])
        {
            script.Starts("test", node, 5).Step("test", 0, "Spin up environment", node).Prints("test", 0, Reason + "\nCheck the network.\n", node)
                .StepDone("test", 0, StepOutcome.InfrastructureFail, exit: null, node: node).Done("test", Result(JobOutcome.InfrastructureFail, 1, Reason, 0), node);
        }

        return script.Starts("test", 3, 5).Step("test", 1, "Run tests", 3).Prints("test", 1, "1 test failed\n", 3)
            .StepDone("test", 1, StepOutcome.Failed, exit: 1, node: 3).Done("test", Result(JobOutcome.Failed, failedStep: 1), 3)
            .Job("test", JobStatus.InfrastructureFail, Reason).Wait(1).Look().End(WorkflowStatus.Failed);
    }

    private static RunScript Cancel() => new RunScript().Begin("build", Planned("slow"), Planned("after", "slow"))
        .Job("slow", JobStatus.Running).Starts("slow").Step("slow", 0, "Sleep").Prints("slow", 0, "zzz").Wait(2)
        .StepDone("slow", 0, StepOutcome.Canceled, exit: null).Done("slow", Result(JobOutcome.Canceled, 2, "You canceled it.", 0))
        .Job("slow", JobStatus.Canceled, "You canceled it.").Job("after", JobStatus.NotRun, "The workflow was canceled.").Look().End(WorkflowStatus.Canceled);

    private static RunScript Infrastructure() => new RunScript().Begin("build", Planned("test"))
        .Job("test", JobStatus.Running).Starts("test").Step("test", 0, "Spin up environment").Prints("test", 0, "Pulling nosuch/image:1\n").Wait(1)
        .StepDone("test", 0, StepOutcome.InfrastructureFail, exit: null)
        .Done("test", Result(JobOutcome.InfrastructureFail, 1, "The image nosuch/image:1 could not be pulled: it does not exist.", 0))
        .Job("test", JobStatus.InfrastructureFail, "The image nosuch/image:1 could not be pulled: it does not exist.").Look().End(WorkflowStatus.Failed);

    private static RunScript LongLine() => new RunScript().Begin("build", Planned("test")).Job("test", JobStatus.Running).Starts("test").Step("test", 0, "Print")
        .Prints("test", 0, new string('x', 20_000) + "\u20ac end\nnext\n").Wait(1).Look().StepDone("test", 0).Done("test", Result()).Job("test", JobStatus.Success).End(WorkflowStatus.Success);

    private static RunScript Binary() => new RunScript().Begin("build", Planned("test")).Job("test", JobStatus.Running).Starts("test").Step("test", 0, "Print")
        .Prints("test", 0, [0xff, 0xfe, 0x00, 0x41, 0x0a]).Prints("test", 0, [0xe2, 0x82]).Prints("test", 0, [0xac, 0x0a, 0xc3]).Wait(1).Look()
        .StepDone("test", 0).Done("test", Result()).Job("test", JobStatus.Success).End(WorkflowStatus.Success);

    private static RunScript Hostile()
    {
        const string Job = "../../etc/\e[2J'; rm -rf /";
        return new RunScript().Begin("..", Planned(Job)).Notice("A note with \e]0;title\a in it.", isWarning: true).Job(Job, JobStatus.Running).Starts(Job).Step(Job, 0, "a\nb\u202ec\r")
            .Prints(Job, 0, "\e[2J\e[Hgone?\n\e]0;title\a\e[31mred\e[0m\n\e[1;31mnever ended\n10%\r50%\r100%\r\nbell\a \u202eesrever\t|tab\n\e[3")
            .Prints(Job, 0, "2mgreen\e[0m\n").Wait(1).Look()
            .StepDone(Job, 0, StepOutcome.Failed, exit: 1).Done(Job, Result(JobOutcome.Failed, failedStep: 0)).Job(Job, JobStatus.Failed).Wait(1).Look().End(WorkflowStatus.Failed);
    }

    private static RunScript TimeOut() => new RunScript().Begin("build", Planned("quiet"), Planned("long"))
        .Job("quiet", JobStatus.Running).Job("long", JobStatus.Running).Starts("quiet").Starts("long").Step("quiet", 0, "Wait").Step("long", 0, "Work")
        .Prints("quiet", 0, "waiting\n").Prints("long", 0, "working\n").Wait(600).StepDone("quiet", 0, StepOutcome.TimedOut, exit: 137, limit: "no output for 10m")
        .Done("quiet", Result(JobOutcome.Failed, 600, "The step \"Wait\" timed out: no output for 10m.", failedStep: 0)).Job("quiet", JobStatus.Failed).Workflow(WorkflowStatus.Failing).Look()
        .Wait(17_400).StepDone("long", 0, StepOutcome.TimedOut, exit: 137, limit: "the job's time limit of 5h")
        .Done("long", Result(JobOutcome.TimedOut, 18_000, "The job ran longer than its time limit of 5h.", failedStep: 0)).Job("long", JobStatus.TimedOut).Look().End(WorkflowStatus.Failed);

    private static RunScript Retries() => new RunScript().Begin("build", Planned("test")).Job("test", JobStatus.Running).Starts("test")
        .Step("test", 0, "Database", background: true).Prints("test", 0, "listening\n").Step("test", 1, "Flaky").Prints("test", 1, "no\n").Wait(1)
        .StepDone("test", 1, StepOutcome.Failed, exit: 1).Step("test", 1, "Flaky", attempt: 1).Prints("test", 1, "yes\n").Wait(1).Look().StepDone("test", 1, attempt: 1)
        .Prints("test", 0, "query\n").StepDone("test", 0, exit: null).Prints("test", 0, "stopped late\n").Done("test", Result()).Job("test", JobStatus.Success).End(WorkflowStatus.Success);
}
