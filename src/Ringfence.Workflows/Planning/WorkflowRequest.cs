using System.Collections.Immutable;
using Ringfence.Config.Compilation;

namespace Ringfence.Workflows.Planning;

/// <summary>A workflow that is to start, with all that the planner is not to invent itself.</summary>
public sealed record WorkflowRequest
{
    /// <summary>The id that it gets.</summary>
    public required WorkflowId Id { get; init; }

    /// <summary>The workspace that it gets.</summary>
    public required WorkspaceId Workspace { get; init; }

    /// <summary>Its name in the config.</summary>
    public required string Name { get; init; }

    /// <summary>The project as the organization knows it; what serial groups compare (EX-3.16).</summary>
    public required string Project { get; init; }

    /// <summary>The number of the pipeline in its project (EX-1.2).</summary>
    public required long PipelineNumber { get; init; }

    /// <summary>The jobs that are part of it at all: those that <see cref="Ringfence.Config.Filters.JobSelection"/> lets run.</summary>
    public required ImmutableArray<CompiledInvocation> Jobs { get; init; }

    /// <summary>How often a failed run is repeated by itself; 0 to 5.</summary>
    public int MaxAutoReruns { get; init; }

    /// <summary>Who started it.</summary>
    public string StartedBy { get; init; } = "";
}
