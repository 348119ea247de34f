using System.Text;
using Ringfence.Cli.Run;
using Ringfence.Config.Compilation;
using Ringfence.Runner.Jobs;
using Ringfence.Workflows;

namespace Ringfence.Cli.Tests.Run.Views;

/// <summary>Events in their order, with the moments between them at which a person looks.</summary>
internal sealed class RunScript
{
    private static readonly WorkflowId Id = new(new Guid("11111111-2222-3333-4444-555555555555"));

    private readonly List<(RunEvent? Event, DateTimeOffset At)> _entries = [];
    private string _workflow = "";
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The events; null is a look at the screen.</summary>
    public IReadOnlyList<(RunEvent? Event, DateTimeOffset At)> Entries => _entries;

    public DateTimeOffset Now => _now;

    public static JobRunKey Key(string job, int node = 0) => new(Id, job, node);

    public static PlannedJob Planned(string name, params string[] requires) => new(name, JobType.Build, [.. requires], 1);

    public RunScript Begin(string workflow, params PlannedJob[] jobs)
    {
        _workflow = workflow;
        return Say(new RunEvent.PipelineStarted(_now, "run-7", 7, ".circleci/config.yml", "main", "", "0123456789abcdef", false, "runs/7"))
            .Say(new RunEvent.WorkflowStarted(_now, Id, workflow, 0, [.. jobs]));
    }

    public RunScript Wait(double seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    public RunScript Look()
    {
        _entries.Add((null, _now));
        return this;
    }

    public RunScript Say(RunEvent happened)
    {
        _entries.Add((happened, _now));
        return this;
    }

    public RunScript Job(string job, JobStatus status, string reason = "") => Say(new RunEvent.JobChanged(_now, Id, job, status, reason));

    public RunScript Workflow(WorkflowStatus status) => Say(new RunEvent.WorkflowChanged(_now, Id, _workflow, status));

    public RunScript Skipped(string workflow, string reason) => Say(new RunEvent.WorkflowSkipped(_now, workflow, reason));

    public RunScript Asks(string job) => Say(new RunEvent.ApprovalNeeded(_now, Id, job));

    public RunScript Starts(string job, int node = 0, int nodes = 1) => Say(new RunEvent.JobStarted(_now, Key(job, node), 40 + node, nodes));

    public RunScript Step(string job, int step, string name, int node = 0, int attempt = 0, bool background = false) =>
        Say(new RunEvent.StepStarted(_now, Key(job, node), new StepStart(step, name, "run", "make " + name, attempt, background)));

    public RunScript Prints(string job, int step, string text, int node = 0) => Prints(job, step, Encoding.UTF8.GetBytes(text), node);

    public RunScript Prints(string job, int step, byte[] bytes, int node = 0) => Say(new RunEvent.StepOutput(_now, Key(job, node), step, bytes));

    public RunScript StepDone(string job, int step, StepOutcome outcome = StepOutcome.Success, int? exit = 0, int node = 0, int attempt = 0, string limit = "") =>
        Say(new RunEvent.StepEnded(_now, Key(job, node), new StepEnd(step, outcome, exit, TimeSpan.FromSeconds(2), attempt) { Limit = limit }));

    public RunScript Done(string job, JobResult result, int node = 0) => Say(new RunEvent.JobEnded(_now, Key(job, node), result));

    public RunScript Notice(string text, bool isWarning = false) => Say(new RunEvent.Notice(_now, text, isWarning));

    public RunScript End(WorkflowStatus status)
    {
        Workflow(status);
        return Say(new RunEvent.PipelineEnded(_now, status is WorkflowStatus.Success or WorkflowStatus.NotRun, status == WorkflowStatus.Canceled, "runs/7"));
    }

    public static JobResult Result(JobOutcome outcome = JobOutcome.Success, double seconds = 3, string reason = "", int? failedStep = null) =>
        new() { Outcome = outcome, Duration = TimeSpan.FromSeconds(seconds), Reason = reason, FailedStep = failedStep };
}
