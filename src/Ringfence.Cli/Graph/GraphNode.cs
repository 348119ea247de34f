using System.Collections.Immutable;
using Ringfence.Config.Compilation;

namespace Ringfence.Cli.Graph;

/// <summary>One job of a drawn workflow.</summary>
internal sealed record GraphNode
{
    /// <summary>The name of the job.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of job it is.</summary>
    public required JobType Type { get; init; }

    /// <summary>How many jobs follow on one another up to this one, at the longest; from 1.</summary>
    public required int Stage { get; init; }

    /// <summary>What it waits for.</summary>
    public required ImmutableArray<Requirement> Requires { get; init; }

    /// <summary>The contexts that it uses.</summary>
    public required ImmutableArray<string> Contexts { get; init; }

    /// <summary>The matrix of which it is a member, or null.</summary>
    public required GraphMatrix? Matrix { get; init; }

    /// <summary>The key of its serial group, or null.</summary>
    public required string? SerialKey { get; init; }

    /// <summary>Whether it is part of the pipeline.</summary>
    public required bool Runs { get; init; }

    /// <summary>Why not; empty when it is.</summary>
    public required string Reason { get; init; }

    /// <summary>The word for its type; empty for an ordinary job.</summary>
    public string TypeWord => Type switch
    {
        JobType.Build => "",
        JobType.NoOp => "no-op",
        _ => Type.ToString().ToLowerInvariant(),
    };
}
