using System.Diagnostics;

namespace Ringfence.Workflows.Pipelines;

/// <summary>How far a pipeline is, from its config to its workflows (EX-1.3), and whether it can be continued (CL-20.4).</summary>
/// <param name="Status">How far it is.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="IsContinued">Whether its setup workflow has continued it.</param>
/// <param name="Error">What went wrong, in words for a person; null if nothing did.</param>
public sealed record PipelineState(PipelineStatus Status, DateTimeOffset CreatedAt, bool IsContinued = false, string? Error = null)
{
    /// <summary>How long after its beginning a pipeline can be continued (CL-20.4).</summary>
    public static TimeSpan LongestSetup { get; } = TimeSpan.FromHours(6);

    /// <summary>The word that the API has for the status.</summary>
    public string ApiText => Status switch
    {
        PipelineStatus.SetupPending => "setup-pending",
        PipelineStatus.Setup => "setup",
        PipelineStatus.Pending => "pending",
        PipelineStatus.Created => "created",
        PipelineStatus.Errored => "errored",
        _ => throw new UnreachableException(),
    };

    /// <summary>A pipeline whose config is not compiled yet.</summary>
    /// <param name="isSetup">Whether the config says <c>setup: true</c>.</param>
    /// <param name="now">The present time.</param>
    public static PipelineState Begin(bool isSetup, DateTimeOffset now) => new(isSetup ? PipelineStatus.SetupPending : PipelineStatus.Pending, now);

    /// <summary>The workflows exist: those of the setup config, or those of the config itself. Has no effect on a pipeline that is past that.</summary>
    public PipelineState WithWorkflows() => Status switch
    {
        PipelineStatus.SetupPending => this with { Status = PipelineStatus.Setup },
        PipelineStatus.Pending => this with { Status = PipelineStatus.Created },
        _ => this,
    };

    /// <summary>The config does not make workflows. Has no effect on a pipeline that has them.</summary>
    public PipelineState WithError(string error) => Status is PipelineStatus.Created or PipelineStatus.Errored ? this : this with { Status = PipelineStatus.Errored, Error = error };

    /// <summary>Why the pipeline cannot be continued with a config, as one sentence; null if it can.</summary>
    /// <param name="isSetup">Whether that config says <c>setup: true</c>.</param>
    /// <param name="now">The present time.</param>
    public string? WhyNotContinue(bool isSetup, DateTimeOffset now) => this switch
    {
        { IsContinued: true } => "The pipeline was continued already, and that can be done once; start a new pipeline.",
        { Status: not PipelineStatus.Setup } => "The pipeline has no setup workflow that could continue it; add 'setup: true' to its config.",
        _ when isSetup => "A setup config cannot be continued with another; take 'setup: true' out of the continuation.",
        _ when now - CreatedAt >= LongestSetup => "The pipeline began more than six hours ago and cannot be continued any more; start a new pipeline.",
        _ => null,
    };

    /// <summary>Continues the pipeline. MUST be asked for only if <see cref="WhyNotContinue"/> has nothing against it; has no effect on any other status.</summary>
    public PipelineState Continue() => Status == PipelineStatus.Setup && !IsContinued ? this with { Status = PipelineStatus.Pending, IsContinued = true } : this;
}
