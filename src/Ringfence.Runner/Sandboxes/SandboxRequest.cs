using System.Collections.Immutable;

namespace Ringfence.Runner.Sandboxes;

/// <summary>The sandbox that a job asks for. It holds no variables of the job: those go to the agent, a step at a time.</summary>
public sealed record SandboxRequest
{
    /// <summary>Names the job in the names of containers and folders; letters, digits and dashes.</summary>
    public required string Id { get; init; }

    /// <summary>The run it belongs to, by which leftovers are found.</summary>
    public required string RunId { get; init; }

    /// <summary>The containers, the primary one first; empty for a machine.</summary>
    public ImmutableArray<ContainerRequest> Containers { get; init; } = [];

    /// <summary>How many processors it may use; 0 for as many as there are.</summary>
    public double Processors { get; init; }

    /// <summary>How much memory it may use, in bytes; 0 for as much as there is.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>The folder of the host that holds the agent as <c>circleci</c>, <c>circleci-agent</c>, <c>ringfence-mask</c> and <c>ringfence-agent</c>.</summary>
    public required string AgentFolder { get; init; }

    /// <summary>A folder of the host that the sandbox may use for files and that goes with it.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>Whether the job may use the network.</summary>
    public bool HasNetwork { get; init; } = true;

    /// <summary>Whether a fenced process has the network of this machine instead of one of its own, because a person has said so.</summary>
    public bool HasHostNetwork { get; init; }

    /// <summary>Addresses and ranges that the job may reach although they are among <see cref="DeniedAddresses"/>.</summary>
    public ImmutableArray<string> AllowedAddresses { get; init; } = [];
}
