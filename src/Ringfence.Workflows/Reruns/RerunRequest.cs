namespace Ringfence.Workflows.Reruns;

/// <summary>What a rerun needs besides the run that it repeats.</summary>
public sealed record RerunRequest
{
    /// <summary>The id that the rerun gets.</summary>
    public required WorkflowId Id { get; init; }

    /// <summary>Gives an id that was never given before; called once for each job, in order.</summary>
    public required Func<JobId> NewJobId { get; init; }

    /// <summary>How many reruns there are of <see cref="Planning.WorkflowState.FirstRun"/>, reruns of reruns included (EX-5.6).</summary>
    public required int RerunsSoFar { get; init; }

    /// <summary>The present time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Who asks for it; an automatic rerun keeps who started the first.</summary>
    public string By { get; init; } = "";
}
