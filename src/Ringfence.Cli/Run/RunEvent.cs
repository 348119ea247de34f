using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Runner.Jobs;
using Ringfence.Workflows;

namespace Ringfence.Cli.Run;

/// <summary>Something that happened in a run. Everything that a person or a program is shown of a run is made from these, in their order.</summary>
/// <param name="At">When.</param>
internal abstract record RunEvent(DateTimeOffset At)
{
    /// <summary>The run has begun; the workflows are known.</summary>
    public sealed record PipelineStarted(DateTimeOffset At, string RunId, long Number, string Config, string Branch, string Tag, string Revision, bool IsSetup, string Folder) : RunEvent(At);

    /// <summary>A workflow of the config that does not run, with the reason.</summary>
    public sealed record WorkflowSkipped(DateTimeOffset At, string Name, string Reason) : RunEvent(At);

    /// <summary>A workflow has begun, or begun again.</summary>
    public sealed record WorkflowStarted(DateTimeOffset At, WorkflowId Workflow, string Name, int AutoRerun, ImmutableArray<PlannedJob> Jobs) : RunEvent(At)
    {
        /// <summary>Whether a setup workflow brought it.</summary>
        public bool IsContinued { get; init; }
    }

    /// <summary>A workflow has another status.</summary>
    public sealed record WorkflowChanged(DateTimeOffset At, WorkflowId Workflow, string Name, WorkflowStatus Status) : RunEvent(At);

    /// <summary>A job has another status. The reason says why in words where there is one, as for jobs that do not run.</summary>
    public sealed record JobChanged(DateTimeOffset At, WorkflowId Workflow, string Job, JobStatus Status, string Reason) : RunEvent(At);

    /// <summary>A job waits for a person.</summary>
    public sealed record ApprovalNeeded(DateTimeOffset At, WorkflowId Workflow, string Job) : RunEvent(At);

    /// <summary>One parallel run of a job has begun.</summary>
    public sealed record JobStarted(DateTimeOffset At, JobRunKey Job, long Number, int Nodes) : RunEvent(At);

    /// <summary>A step of it has begun.</summary>
    public sealed record StepStarted(DateTimeOffset At, JobRunKey Job, StepStart Step) : RunEvent(At);

    /// <summary>A step printed something. The bytes are valid until the view returns.</summary>
    public sealed record StepOutput(DateTimeOffset At, JobRunKey Job, int Step, ReadOnlyMemory<byte> Bytes) : RunEvent(At);

    /// <summary>A step has ended.</summary>
    public sealed record StepEnded(DateTimeOffset At, JobRunKey Job, StepEnd Step) : RunEvent(At);

    /// <summary>One parallel run of a job has ended.</summary>
    public sealed record JobEnded(DateTimeOffset At, JobRunKey Job, JobResult Result) : RunEvent(At);

    /// <summary>Something that a person should know and that belongs to no job.</summary>
    public sealed record Notice(DateTimeOffset At, string Text, bool IsWarning) : RunEvent(At);

    /// <summary>Everything is over.</summary>
    public sealed record PipelineEnded(DateTimeOffset At, bool Succeeded, bool Canceled, string Folder) : RunEvent(At);
}

/// <summary>A job of a workflow before it runs.</summary>
internal sealed record PlannedJob(string Name, JobType Type, ImmutableArray<string> Requires, int Nodes);

/// <summary>One parallel run of one job.</summary>
internal readonly record struct JobRunKey(WorkflowId Workflow, string Job, int Node);
