namespace Ringfence.Access.Release;

/// <summary>What sort of thing an actor is.</summary>
public enum ActorKind
{
    /// <summary>Nobody knows.</summary>
    Unknown,

    /// <summary>A person.</summary>
    Person,

    /// <summary>A token that is an actor of its own, with its own groups (ACT-6).</summary>
    Machine,

    /// <summary>The system, for schedules; never in any group (ACT-5).</summary>
    System,

    /// <summary>Nobody at all: a custom webhook (ACT-7) or a schedule inside a config.</summary>
    Nobody,
}
