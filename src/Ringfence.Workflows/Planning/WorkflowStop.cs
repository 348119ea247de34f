namespace Ringfence.Workflows.Planning;

/// <summary>What keeps a workflow from starting anything more.</summary>
public abstract record WorkflowStop
{
    private WorkflowStop()
    {
    }

    /// <summary>It was canceled.</summary>
    public sealed record Canceled(string By) : WorkflowStop;

    /// <summary>It ran into a problem of the config or of the server.</summary>
    public sealed record Errored(string Reason) : WorkflowStop;
}
