using System.Collections.Immutable;
using Ringfence.Access.Names;

namespace Ringfence.Access.Release;

/// <summary>What is known of one actor at the moment of the decision. What is left out denies.</summary>
public sealed record ActorFacts
{
    /// <summary>Who it is; null for the system, for nobody and for those who are not registered.</summary>
    public ActorId? Id { get; init; }

    /// <summary>How sentences call the actor; text from outside, never used to decide.</summary>
    public string Name { get; init => field = Shown.Of(value); } = "the actor";

    /// <summary>What sort of thing it is.</summary>
    public ActorKind Kind { get; init; }

    /// <summary>Whether it counts as somebody.</summary>
    public ActorState State { get; init; }

    /// <summary>By what it became an actor of the job.</summary>
    public ActorStanding Standing { get; init; }

    /// <summary>Whether it is a member of the organization that owns the project.</summary>
    public bool IsMember { get; init; }

    /// <summary>The highest role in the organization or project.</summary>
    public Role Role { get; init; }

    /// <summary>Whether the sign-in that the organization demands was made.</summary>
    public SessionState Session { get; init; }

    /// <summary>The groups it is in directly; a nested group is there only if it is meant itself (CTX-31).</summary>
    public ImmutableHashSet<GroupId> Groups { get; init; } = [];

    /// <summary>When the groups were read from where they are kept; null when they could not be (CTX-34).</summary>
    public DateTimeOffset? GroupsReadAt { get; init; }

    /// <summary>The system, as actor of a schedule (ACT-5).</summary>
    public static ActorFacts OfSystem(ActorStanding standing) => new()
    {
        Name = "the system",
        Kind = ActorKind.System,
        State = ActorState.Active,
        Standing = standing,
    };

    /// <summary>Nobody, as actor of a custom webhook or of a schedule inside a config (ACT-7).</summary>
    public static ActorFacts OfNobody(ActorStanding standing) => new()
    {
        Name = "nobody",
        Kind = ActorKind.Nobody,
        State = ActorState.Active,
        Standing = standing,
    };

    /// <summary>Whether what is known of the groups is young enough; a time in the future is as bad as an old one (CTX-34).</summary>
    public bool HasFreshGroups(DateTimeOffset now) => GroupsReadAt is { } at && (now - at).Duration() <= AccessLimits.OldestGroups;

    /// <summary>Whether it is known for sure to be in the group now. The system and nobody never are.</summary>
    public bool IsIn(GroupId group, DateTimeOffset now) =>
        Kind is ActorKind.Person or ActorKind.Machine && group != default && HasFreshGroups(now) && Groups.Contains(group);
}
