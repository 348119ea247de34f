using Ringfence.Access.Contexts;
using Ringfence.Access.Fences;
using Ringfence.Access.Names;
using Ringfence.Access.Variables;
using Ringfence.Primitives;

namespace Ringfence.Keep.Vaults;

/// <summary>Brings what is stored into the form that decisions are made on, and back. What it does not understand becomes a restriction that nobody meets.</summary>
internal static class VaultPolicies
{
    public static OrganizationId OrganizationOf(string slug) => new(NameId.Of(slug));

    public static ProjectId ProjectOf(string slug) => new(NameId.Of(slug));

    public static string ProjectKey(string slug) => VaultOwner.KeyOfProject(slug);

    public static SecretOwner OwnerOf(VaultOwner stored)
    {
        if (!stored.IsContext)
            return new SecretOwner.Project(ProjectOf(stored.Name));
        return ContextName.TryParse(stored.Name, out var name, out var whyNot)
            ? new SecretOwner.Context(new ContextId(Guid.Parse(stored.Key.AsSpan("context:".Length))), name)
            : throw new VaultException($"A stored context has a name that none can have: {whyNot}", isTampered: true);
    }

    public static AccessPolicy PolicyOf(VaultOwner stored) => new()
    {
        Owner = OwnerOf(stored),
        Organization = OrganizationOf(stored.Organization),
        Restrictions = [.. stored.Restrictions.Select(Read)],
        AllowsSsh = stored.AllowsSsh,
        AllowsForks = stored.AllowsForks,
    };

    public static VaultOwner With(this VaultOwner stored, AccessPolicy policy, string? nameOfNew) => stored with
    {
        Restrictions = [.. policy.Restrictions.Select(r => stored.Restrictions.FirstOrDefault(old => old.Id == r.Id.Value) ?? Write(r, nameOfNew ?? ""))],
        AllowsSsh = policy.AllowsSsh,
        AllowsForks = policy.AllowsForks,
    };

    public static VariableSource SourceOf(VaultOwner stored) => new(OwnerOf(stored), [.. stored.Living.Select(v => EntryOf(stored, v))]);

    /// <summary>Names a version of a value for decisions, which know no numbers.</summary>
    public static VersionId VersionOf(VaultOwner owner, VaultVariable variable) => new(NameId.Of($"{owner.Key}/{variable.Name}/{variable.Version}"));

    public static StepFence? FenceOf(VaultVariable stored) => stored.Fence.IsEmpty ? null : new StepFence(NameOf(stored), [.. stored.Fence.Select(Rule)]);

    public static VariableName NameOf(VaultVariable stored) =>
        VariableName.TryParse(stored.Name, out var name, out var whyNot) ? name : throw new VaultException($"A stored variable has a name that none can have: {whyNot}", isTampered: true);

    private static VariableEntry EntryOf(VaultOwner owner, VaultVariable stored) => new(NameOf(stored), VersionOf(owner, stored), stored.AllowsGuarded);

    private static FenceRule Rule(VaultFenceStep stored) => stored switch
    {
        { Orb.Length: > 0 } => new FenceRule.Orb(stored.Orb),
        { Command.Length: > 0 } => new FenceRule.Command(stored.Command),
        { Content.Length: > 0 } => new FenceRule.Step(stored.Job, stored.Step, Digest.Parse(stored.Content)),
        _ => new FenceRule.Step(stored.Job, stored.Step, null),
    };

    private static Restriction Read(VaultRestriction stored)
    {
        var id = new RestrictionId(stored.Id);
        return stored.Kind switch
        {
            "all_members" => new Restriction.AllMembers(id),
            "group" when Guid.TryParse(stored.Value, out var group) => new Restriction.Group(id, new GroupId(group), stored.Name),
            "project" when Guid.TryParse(stored.Value, out var project) => new Restriction.Project(id, new ProjectId(project)),
            "expression" => new Restriction.Expression(id, stored.Value, IsConfirmed: false),
            "no_project" => new Restriction.NoProject(id),
            _ => new Restriction.NoProject(id),
        };
    }

    private static VaultRestriction Write(Restriction restriction, string name) => restriction switch
    {
        Restriction.AllMembers => new VaultRestriction(restriction.Id.Value, "all_members", "", "All members"),
        Restriction.Group group => new VaultRestriction(group.Id.Value, "group", group.GroupId.ToString(), group.Name),
        Restriction.Project project => new VaultRestriction(project.Id.Value, "project", project.ProjectId.ToString(), name),
        Restriction.NoProject => new VaultRestriction(restriction.Id.Value, "no_project", "", "no project"),
        Restriction.Expression expression => new VaultRestriction(expression.Id.Value, "expression", expression.Text, ""),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
