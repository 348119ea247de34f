using Ringfence.Keep.Vaults;

namespace Ringfence.Cli.Secrets;

/// <summary>Says where secrets can go.</summary>
internal static class RestrictionText
{
    private const int LongestExpression = 60;

    /// <summary>One restriction in a few words.</summary>
    public static string Of(VaultRestriction restriction) => restriction.Kind switch
    {
        "all_members" => "all members",
        "group" => $"group {restriction.Name}",
        "project" => $"project {(restriction.Name.Length > 0 ? restriction.Name : restriction.Value)}",
        "expression" => $"if {(restriction.Value.Length > LongestExpression ? restriction.Value[..LongestExpression] + "…" : restriction.Value)}",
        _ => "no project",
    };

    /// <summary>All restrictions of a context or project; they hold together; and what is allowed or kept from steps beyond them.</summary>
    public static string Of(VaultOwner owner)
    {
        var parts = owner.Restrictions.Select(Of).ToList();
        if (!owner.Restrictions.Any(r => r.Kind is "all_members" or "group"))
            parts.Insert(0, "administrators");
        if (owner.AllowsSsh)
            parts.Add("also with SSH");
        if (owner.AllowsForks)
            parts.Add("also forks");
        if (owner.WithholdsFromOrbs)
            parts.Add("steps of orbs only by a fence");
        return string.Join("; ", parts);
    }
}
