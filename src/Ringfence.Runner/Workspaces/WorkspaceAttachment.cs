using System.Collections.Immutable;

namespace Ringfence.Runner.Workspaces;

/// <summary>What <c>attach_workspace</c> has to apply.</summary>
public abstract record WorkspaceAttachment
{
    private WorkspaceAttachment()
    {
    }

    /// <summary>Layers to apply in this order; later ones overwrite (EX-7.56).</summary>
    public sealed record Apply(ImmutableArray<WorkspaceLayer> Layers) : WorkspaceAttachment;

    /// <summary>No upstream job has persisted anything: a warning, not a failure (EX-7.59).</summary>
    public sealed record Empty : WorkspaceAttachment;

    /// <summary>Concurrent jobs, or parallel runs of one job, wrote the same files: the step fails (EX-7.57).</summary>
    public sealed record Conflict(ImmutableArray<string> Files) : WorkspaceAttachment;
}
