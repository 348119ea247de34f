using System.Diagnostics;
using Ringfence.Workflows;

namespace Ringfence.Cli.Run.Views;

/// <summary>Turns events into their JSON form. Outputs have none here: see <see cref="JsonView"/>.</summary>
internal static class RunEventJson
{
    /// <summary>The form of an event that is no output.</summary>
    public static JsonRunEvent Of(RunEvent happened, RunBoard board) => happened switch
    {
        RunEvent.PipelineStarted e => new JsonRunEvent
        {
            Event = "pipeline_started", At = e.At, RunId = e.RunId, Number = e.Number, Config = e.Config, Branch = e.Branch, Tag = e.Tag, Revision = e.Revision, Setup = e.IsSetup, Folder = e.Folder,
        },
        RunEvent.WorkflowSkipped e => new JsonRunEvent { Event = "workflow_skipped", At = e.At, Workflow = e.Name, Reason = e.Reason },
        RunEvent.WorkflowStarted e => new JsonRunEvent
        {
            Event = "workflow_started", At = e.At, WorkflowId = e.Workflow.Value, Workflow = e.Name, AutoRerun = e.AutoRerun,
            Jobs = [.. e.Jobs.Select(j => new JsonPlannedJob(j.Name, TypeWord(j), j.Requires, j.Nodes))],
        },
        RunEvent.WorkflowChanged e => new JsonRunEvent { Event = "workflow_changed", At = e.At, WorkflowId = e.Workflow.Value, Workflow = e.Name, Status = e.Status.ToApiText() },
        RunEvent.JobChanged e => new JsonRunEvent
        {
            Event = "job_changed", At = e.At, WorkflowId = e.Workflow.Value, Workflow = board.Workflow(e.Workflow).Name, Job = e.Job, Status = e.Status.ToApiText(), Reason = NotEmpty(e.Reason),
        },
        RunEvent.ApprovalNeeded e => new JsonRunEvent { Event = "approval_needed", At = e.At, WorkflowId = e.Workflow.Value, Workflow = board.Workflow(e.Workflow).Name, Job = e.Job },
        RunEvent.JobStarted e => InJob("job_started", e.At, e.Job, board) with { Number = e.Number, Nodes = e.Nodes },
        RunEvent.StepStarted e => InJob("step_started", e.At, e.Job, board) with
        {
            Step = e.Step.Step, Name = e.Step.Name, Kind = e.Step.Kind, Command = NotEmpty(e.Step.Command), Attempt = e.Step.Attempt, Background = e.Step.IsBackground,
        },
        RunEvent.StepEnded e => InJob("step_ended", e.At, e.Job, board) with
        {
            Step = e.Step.Step, Status = FailureText.OutcomeWord(e.Step.Outcome), Reason = NotEmpty(e.Step.Limit), ExitCode = e.Step.ExitCode, DurationMs = Milliseconds(e.Step.Duration), Attempt = e.Step.Attempt,
        },
        RunEvent.JobEnded e => InJob("job_ended", e.At, e.Job, board) with
        {
            Status = FailureText.OutcomeWord(e.Result.Outcome), Reason = NotEmpty(e.Result.Reason), DurationMs = Milliseconds(e.Result.Duration), FailedStep = e.Result.FailedStep,
            CacheHits = e.Result.CacheHits, CacheMisses = e.Result.CacheMisses, Artifacts = e.Result.Artifacts, Tests = e.Result.Tests, FailedTests = e.Result.FailedTests,
            Caught = e.Result.Caught.IsEmpty ? null : e.Result.Caught,
        },
        RunEvent.Notice e => new JsonRunEvent { Event = "notice", At = e.At, Message = e.Text, Warning = e.IsWarning },
        RunEvent.PipelineEnded e => new JsonRunEvent { Event = "pipeline_ended", At = e.At, Succeeded = e.Succeeded, Canceled = e.Canceled, Folder = e.Folder },
        _ => throw new UnreachableException(),
    };

    /// <summary>An event within a parallel run of a job.</summary>
    public static JsonRunEvent InJob(string name, DateTimeOffset at, JobRunKey job, RunBoard board) => new()
    {
        Event = name, At = at, WorkflowId = job.Workflow.Value, Workflow = board.Workflow(job.Workflow).Name, Job = job.Job, Node = job.Node,
    };

    private static string TypeWord(PlannedJob job) => job.Type == Config.Compilation.JobType.NoOp ? "no-op" : job.Type.ToString().ToLowerInvariant();

    private static string? NotEmpty(string text) => text.Length > 0 ? text : null;

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
