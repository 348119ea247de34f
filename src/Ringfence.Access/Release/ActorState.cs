namespace Ringfence.Access.Release;

/// <summary>Whether an actor counts as somebody (ACT-1, ACT-10).</summary>
public enum ActorState
{
    /// <summary>Not known; denies.</summary>
    Unknown,

    /// <summary>Registered and in good standing.</summary>
    Active,

    /// <summary>Suspended, locked or deleted: nobody.</summary>
    Suspended,

    /// <summary>A user of the forge whom nobody here has linked to a person.</summary>
    Unregistered,
}
