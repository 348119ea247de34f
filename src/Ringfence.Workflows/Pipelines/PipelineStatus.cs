namespace Ringfence.Workflows.Pipelines;

/// <summary>How far a pipeline is in making its workflows (EX-1.3); it says nothing of how they end.</summary>
public enum PipelineStatus
{
    /// <summary><c>setup-pending</c>: its setup config is not compiled yet.</summary>
    SetupPending,

    /// <summary><c>setup</c>: its setup workflow runs, or is over without a continuation.</summary>
    Setup,

    /// <summary><c>pending</c>: its config is not compiled yet.</summary>
    Pending,

    /// <summary><c>created</c>: its workflows exist.</summary>
    Created,

    /// <summary><c>errored</c>: there are no workflows, and there is a reason.</summary>
    Errored,
}
