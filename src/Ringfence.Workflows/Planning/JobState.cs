using Ringfence.Config.Compilation;

namespace Ringfence.Workflows.Planning;

/// <summary>A job of a workflow as it stands.</summary>
public sealed record JobState
{
    /// <summary>The id.</summary>
    public required JobId Id { get; init; }

    /// <summary>The job as the config calls it.</summary>
    public required CompiledInvocation Invocation { get; init; }

    /// <summary>The status.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>The name; unique in the workflow.</summary>
    public string Name => Invocation.Name;

    /// <summary>The kind of job.</summary>
    public JobType Type => Invocation.Type;

    /// <summary>The present attempt, from 1; 0 while none was started.</summary>
    public int AttemptNumber { get; init; }

    /// <summary>The present attempt.</summary>
    public JobAttempt Attempt => new(Id, AttemptNumber);

    /// <summary>Why it has this status, in words for a person; may be empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When it was told to start, held, or asked for its lock; null before.</summary>
    public DateTimeOffset? QueuedAt { get; init; }

    /// <summary>When its present attempt began to run; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it came to its end; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who let the approval pass, or null (EX-3.11). That person stands in for whoever started the pipeline in what follows (EX-3.12).</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>Who canceled it, or null; empty when its workflow ended with an error. It may still run, and may still end in another way.</summary>
    public string? CanceledBy { get; init; }

    /// <summary>The job of an earlier run of the workflow whose end it takes over, or null (EX-5.2).</summary>
    public JobId? CarriedOverFrom { get; init; }

    /// <summary>How many requirements nothing is known of yet.</summary>
    internal int Waiting { get; init; }
}
