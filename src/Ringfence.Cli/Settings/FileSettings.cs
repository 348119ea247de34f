using System.Collections.Immutable;
using Ringfence.Cli.Run;
using Ringfence.Gate.Policies;

namespace Ringfence.Cli.Settings;

/// <summary>What settings files say about runs. What they leave out is null or empty.</summary>
internal sealed record FileSettings
{
    /// <summary>Without any file.</summary>
    public static FileSettings None { get; } = new();

    /// <summary>What jobs run in.</summary>
    public SandboxKind? Sandbox { get; init; }

    /// <summary>How many parallel runs of jobs there may be at a time.</summary>
    public int? AtATime { get; init; }

    /// <summary>Whether jobs may use the network.</summary>
    public bool? HasNetwork { get; init; }

    /// <summary>Whether fenced jobs have the network of this machine instead of one of their own.</summary>
    public bool? HasHostNetwork { get; init; }

    /// <summary>Addresses that jobs may reach although they are those of clouds' metadata.</summary>
    public ImmutableArray<string> AllowedAddresses { get; init; } = [];

    /// <summary>The image of a job's private engine.</summary>
    public string? RemoteDockerImage { get; init; }

    /// <summary>Other names for images.</summary>
    public ImmutableArray<(string Written, string Taken)> Images { get; init; } = [];

    /// <summary>What happens at the exits of jobs that are named, when a secret is caught there.</summary>
    public ImmutableDictionary<GateExit, GateAction> Gate { get; init; } = ImmutableDictionary<GateExit, GateAction>.Empty;

    /// <summary>These settings, and of weaker ones what these leave out. Nothing gives a network back that either takes away, or opens an exit further than either does.</summary>
    public FileSettings Over(FileSettings weaker) => new()
    {
        Sandbox = Sandbox ?? weaker.Sandbox,
        AtATime = AtATime ?? weaker.AtATime,
        HasNetwork = HasNetwork is false || weaker.HasNetwork is false ? false : HasNetwork ?? weaker.HasNetwork,
        HasHostNetwork = HasHostNetwork ?? weaker.HasHostNetwork,
        AllowedAddresses = [.. AllowedAddresses, .. weaker.AllowedAddresses],
        RemoteDockerImage = RemoteDockerImage ?? weaker.RemoteDockerImage,
        Images = [.. Images, .. weaker.Images.Where(rule => Images.All(own => own.Written != rule.Written))],
        Gate = weaker.Gate.SetItems(Gate.Select(own => weaker.Gate.TryGetValue(own.Key, out var other) && other < own.Value ? KeyValuePair.Create(own.Key, other) : own)),
    };
}
