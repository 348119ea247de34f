namespace Ringfence.Access.Release;

/// <summary>The checks of a decision in their fixed order (CTX-35).</summary>
public enum ReleaseCheck
{
    /// <summary>The secrets exist in the organization that owns the project.</summary>
    Existence = 1,

    /// <summary>The pipeline may have secrets at all.</summary>
    Pipeline = 2,

    /// <summary>The actor is known, active, a member, and signed in as demanded.</summary>
    Actor = 3,

    /// <summary>The actor's role lets it use contexts.</summary>
    Role = 4,

    /// <summary>Groups.</summary>
    Group = 5,

    /// <summary>Projects.</summary>
    Project = 6,

    /// <summary>Expressions, in the order in which they were made.</summary>
    Expression = 7,

    /// <summary>Config policies.</summary>
    ConfigPolicy = 8,
}
