using System.Collections.Immutable;
using Ringfence.Access.Names;

namespace Ringfence.Access.Contexts;

/// <summary>Who may use the secrets of one context or project, where and when. It holds no variables.</summary>
public sealed record AccessPolicy
{
    /// <summary>What the secrets belong to.</summary>
    public required SecretOwner Owner { get; init; }

    /// <summary>The organization that owns it.</summary>
    public required OrganizationId Organization { get; init; }

    /// <summary>The restrictions in the order in which they were made. Without any group they are usable by administrators only (CTX-32).</summary>
    public required ImmutableArray<Restriction> Restrictions { get; init; }

    /// <summary>Whether jobs that were rerun with SSH get the secrets, which no mask protects there (SSH-23).</summary>
    public bool AllowsSsh { get; init; }

    /// <summary>Of a project: whether jobs with the code of forks get secrets, of contexts too (FORK-2).</summary>
    public bool AllowsForks { get; init; }

    /// <summary>The groups by name, without all members.</summary>
    public IEnumerable<Restriction.Group> Groups => Restrictions.OfType<Restriction.Group>();

    /// <summary>Whether groups restrict nobody (CTX-6).</summary>
    public bool IsOpenToAllMembers => Restrictions.Any(r => r is Restriction.AllMembers);

    /// <summary>Whether something is allowed.</summary>
    public bool Allows(Allowance allowance) => allowance switch
    {
        Allowance.Ssh => AllowsSsh,
        Allowance.Forks => AllowsForks,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>
    /// The policy of a new context or project: open to all members (CTX-6); when the organization demands a group, open to nobody until
    /// one is added (CTX-7).
    /// </summary>
    public static AccessPolicy New(SecretOwner owner, OrganizationId organization, RestrictionId first, OrganizationSwitches switches)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(switches);
        var isClosed = switches.RequiresGroups && owner is SecretOwner.Context;
        return new AccessPolicy { Owner = owner, Organization = organization, Restrictions = isClosed ? [] : [new Restriction.AllMembers(first)] };
    }
}
