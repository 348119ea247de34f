using System.Collections.Immutable;
using Ringfence.Access.Contexts;
using Ringfence.Access.Names;
using Ringfence.Config.Values;

namespace Ringfence.Access.Release;

/// <summary>What is known of one attempt of one job when it asks for secrets.</summary>
public sealed record ReleaseFacts
{
    /// <summary>The organization that owns the project.</summary>
    public required OrganizationId Organization { get; init; }

    /// <summary>The project.</summary>
    public required ProjectId Project { get; init; }

    /// <summary>All whose rights the job needs; each has to pass every check (ACT-3).</summary>
    public required ImmutableArray<ActorFacts> Actors { get; init; }

    /// <summary>What started the pipeline.</summary>
    public required TriggerKind Trigger { get; init; }

    /// <summary>Whether the code comes from a fork.</summary>
    public required ForkState Fork { get; init; }

    /// <summary>Whether an administrator has let builds of forks have the project's secrets (FORK-2).</summary>
    public bool ForksReceiveSecrets { get; init; }

    /// <summary>Whether this attempt runs with SSH (SSH-22).</summary>
    public required bool IsSshEnabled { get; init; }

    /// <summary>The pipeline values that are known, for expressions; made-up ones MUST NOT be among them.</summary>
    public required PipelineValues Values { get; init; }

    /// <summary>Where the text of the config came from.</summary>
    public required ConfigOrigin ConfigOrigin { get; init; }

    /// <summary>What the config policies said.</summary>
    public required PolicyVerdict PolicyVerdict { get; init; }

    /// <summary>What the organization has decided.</summary>
    public required OrganizationSwitches Switches { get; init; }

    /// <summary>The time of the decision.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Which attempt of the job it is, from 1; recorded with the decision (ACT-9).</summary>
    public required int Attempt { get; init; }
}
