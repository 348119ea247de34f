using Ringfence.Access.Names;

namespace Ringfence.Access.Contexts;

/// <summary>One condition on who may use secrets, where, or under which circumstances (CTX-30). A closed family.</summary>
public abstract record Restriction
{
    private Restriction(RestrictionId id) => Id = id;

    /// <summary>Which restriction it is, for the ledger and for removing it.</summary>
    public RestrictionId Id { get; }

    /// <summary>Whether it says who: a group, or all members.</summary>
    public bool IsAboutGroups => this is AllMembers or Group;

    /// <summary>Whether it says where: a project, or no project.</summary>
    public bool IsAboutProjects => this is Project or NoProject;

    /// <summary>The built-in group of every member. While it is there, other groups restrict nobody (CTX-6).</summary>
    public sealed record AllMembers(RestrictionId Id) : Restriction(Id);

    /// <summary>A security group (CTX-31). The name is for people and may be out of date.</summary>
    public sealed record Group(RestrictionId Id, GroupId GroupId, string Name) : Restriction(Id);

    /// <summary>A project that may use the secrets (CTX-33).</summary>
    public sealed record Project(RestrictionId Id, ProjectId ProjectId) : Restriction(Id);

    /// <summary>No project may use the secrets: what is left when the last project is taken away without opening them to all (CTX-33).</summary>
    public sealed record NoProject(RestrictionId Id) : Restriction(Id);

    /// <summary>An expression that has to be true.</summary>
    /// <param name="Id">Which restriction it is.</param>
    /// <param name="Text">The expression as written.</param>
    /// <param name="IsConfirmed">
    /// Whether an administrator has confirmed an imported expression that the strict check refuses; until then it denies (EXP-14).
    /// </param>
    public sealed record Expression(RestrictionId Id, string Text, bool IsConfirmed) : Restriction(Id);
}
