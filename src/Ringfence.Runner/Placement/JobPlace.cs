using System.Collections.Immutable;
using Ringfence.Runner.Sandboxes;

namespace Ringfence.Runner.Placement;

/// <summary>Where a job wants to run.</summary>
public abstract record JobPlace
{
    private JobPlace()
    {
    }

    /// <summary>In containers, the primary one first (EX-9.1).</summary>
    public sealed record Containers(ImmutableArray<ContainerRequest> All) : JobPlace;

    /// <summary>On a Linux machine of its own (EX-9.10).</summary>
    /// <param name="Image">The machine's image as written; empty when there is none.</param>
    public sealed record Machine(string Image) : JobPlace;

    /// <summary>On a system that cannot be had here.</summary>
    /// <param name="Reason">Why not, as the end of a sentence: <c>a macOS machine cannot be had here</c>.</param>
    public sealed record Nowhere(string Reason) : JobPlace;
}
