using System.Collections.Immutable;
using Ringfence.Workflows.Planning;

namespace Ringfence.Workflows.Reruns;

/// <summary>A run of a workflow that is over and of which only little was written down: enough to rerun it.</summary>
public sealed record EndedWorkflow
{
    /// <summary>The workflow. Its jobs may be others than they were: a job that is not in <see cref="Statuses"/> counts as one that did not run.</summary>
    public required WorkflowRequest Request { get; init; }

    /// <summary>How it ended.</summary>
    public required WorkflowStatus Status { get; init; }

    /// <summary>How its jobs ended, by name.</summary>
    public required IReadOnlyDictionary<string, JobStatus> Statuses { get; init; }

    /// <summary>The run that the pipeline began.</summary>
    public required WorkflowId FirstRun { get; init; }

    /// <summary>When that run began.</summary>
    public required DateTimeOffset FirstStartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The state that a rerun is made from.</summary>
    /// <param name="newJobId">Gives an id that was never given before; called once for each job, in order.</param>
    public WorkflowState Restore(Func<JobId> newJobId)
    {
        ArgumentNullException.ThrowIfNull(newJobId);

        ImmutableArray<JobId> ids = [.. Request.Jobs.Select(_ => newJobId())];
        return new WorkflowState
        {
            Id = Request.Id,
            Workspace = Request.Workspace,
            Name = Request.Name,
            Project = Request.Project,
            PipelineNumber = Request.PipelineNumber,
            StartedBy = Request.StartedBy,
            MaxAutoReruns = Request.MaxAutoReruns,
            Status = Status,
            FirstRun = FirstRun,
            FirstStartedAt = FirstStartedAt,
            StartedAt = FirstStartedAt,
            EndedAt = EndedAt,
            Jobs = [.. Request.Jobs.Select((job, i) => new JobState { Id = ids[i], Invocation = job, Status = StatusOf(job.Name), EndedAt = EndedAt })],
            Graph = new WorkflowGraph(Request.Jobs, ids),
        };
    }

    private JobStatus StatusOf(string job) => Statuses.TryGetValue(job, out var status) && status.IsFinal() ? status : JobStatus.NotRun;
}
