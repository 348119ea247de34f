namespace Ringfence.Access.Contexts;

/// <summary>What an organization has decided about its secrets. The defaults are those of a new installation.</summary>
public sealed record OrganizationSwitches
{
    /// <summary>Whether a context without a group is unusable by every job (CTX-7).</summary>
    public bool RequiresGroups { get; init; }

    /// <summary>Whether administrators pass the groups of a context when a job runs (CTX-32). Off, since a stolen session of one would open everything.</summary>
    public bool ExemptsAdministrators { get; init; }
}
