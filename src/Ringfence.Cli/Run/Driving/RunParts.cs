using Ringfence.Cli.Local;
using Ringfence.Cli.Secrets;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.Jobs;
using Ringfence.Runner.Sandboxes;

namespace Ringfence.Cli.Run.Driving;

/// <summary>What all jobs of a run share.</summary>
internal sealed record RunParts
{
    /// <summary>What was asked for.</summary>
    public required RunSettings Settings { get; init; }

    /// <summary>The id of the pipeline.</summary>
    public required Guid Id { get; init; }

    /// <summary>The folder of the run.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>The project, by which caches and numbers are told apart.</summary>
    public required string Project { get; init; }

    /// <summary>Gives the numbers of jobs.</summary>
    public required ProjectNumbers Numbers { get; init; }

    /// <summary>Stores, source and clock.</summary>
    public required JobSurroundings Jobs { get; init; }

    /// <summary>Finds a sandbox for each job.</summary>
    public required SandboxChoice Sandboxes { get; init; }

    /// <summary>The folders of the sandboxes.</summary>
    public required ScratchFolders Scratch { get; init; }

    /// <summary>The folder with the agent.</summary>
    public required string AgentFolder { get; init; }

    /// <summary>Gets the secrets of jobs.</summary>
    public required RunSecrets Secrets { get; init; }

    /// <summary>The serial groups of the organization, among all runs of this machine.</summary>
    public required SerialGroups Serial { get; init; }

    /// <summary>The stores.</summary>
    public LocalStores Stores => Jobs.Stores;

    /// <summary>The time.</summary>
    public TimeProvider Clock => Jobs.Clock;
}
