using System.Collections.Immutable;

namespace Ringfence.Workflows.Planning;

/// <summary>A run of a workflow as it stands. It never changes: each event makes another, which shares what stays the same.</summary>
public sealed record WorkflowState
{
    internal WorkflowState()
    {
    }

    /// <summary>How long a workflow may last and be rerun (EX-1.10).</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(90);

    /// <summary>The id.</summary>
    public required WorkflowId Id { get; init; }

    /// <summary>The workspace.</summary>
    public required WorkspaceId Workspace { get; init; }

    /// <summary>The name in the config.</summary>
    public required string Name { get; init; }

    /// <summary>The project as the organization knows it.</summary>
    public required string Project { get; init; }

    /// <summary>The number of the pipeline in its project.</summary>
    public required long PipelineNumber { get; init; }

    /// <summary>Who started it; may be empty.</summary>
    public required string StartedBy { get; init; }

    /// <summary>The status.</summary>
    public WorkflowStatus Status { get; init; } = WorkflowStatus.Running;

    /// <summary>The jobs in the order of the config.</summary>
    public required ImmutableList<JobState> Jobs { get; init; }

    /// <summary>Why there is this run.</summary>
    public WorkflowOrigin Origin { get; init; }

    /// <summary>The run that the pipeline began: itself, unless it is a rerun. Reruns are counted by it (EX-5.6).</summary>
    public required WorkflowId FirstRun { get; init; }

    /// <summary>When <see cref="FirstRun"/> began.</summary>
    public required DateTimeOffset FirstStartedAt { get; init; }

    /// <summary>Which automatic rerun it is; 0 for none.</summary>
    public int AutoRerunNumber { get; init; }

    /// <summary>How often a failed run is repeated by itself; 0 to 5.</summary>
    public int MaxAutoReruns { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What keeps it from starting anything more, or null.</summary>
    public WorkflowStop? Stop { get; init; }

    /// <summary>Whether it is over.</summary>
    public bool HasEnded => Status.IsFinal();

    /// <summary>When it has to be canceled if it is not over by then, and from when on it cannot be rerun (EX-1.10).</summary>
    public DateTimeOffset ExpiresAt => FirstStartedAt + Lifetime;

    /// <summary>What never changes: who waits for whom.</summary>
    internal WorkflowGraph Graph { get; init; } = WorkflowGraph.Empty;

    /// <summary>How many jobs have which status, so that the status of the workflow costs nothing.</summary>
    internal Tally Tally { get; init; }

    /// <summary>The job of an id, or null.</summary>
    public JobState? Find(JobId id) => Graph.IndexOf(id) is { } index ? Jobs[index] : null;

    /// <summary>The job of a name, or null.</summary>
    public JobState? Find(string name) => Graph.IndexOf(name) is { } index ? Jobs[index] : null;

    /// <summary>The jobs that a job requires, each once; empty for one that is not part of it.</summary>
    public ImmutableArray<JobId> DependenciesOf(JobId id) => Graph.IndexOf(id) is not { } index
        ? []
        : [.. Graph.Needs(index).Where(need => !need.IsImplied).Select(need => need.On).Distinct().Select(on => Jobs[on].Id)];
}
