using Ringfence.Keep.Vaults;

namespace Ringfence.Cli.Secrets;

/// <summary>A context or project of <c>context list --format json</c> and <c>project list --format json</c>.</summary>
internal sealed record JsonOwner(string Kind, string Name, string Organization, DateTimeOffset CreatedAt, string CreatedBy, IReadOnlyList<string> Secrets, IReadOnlyList<string>? SshKeys, IReadOnlyList<JsonRestriction> Restrictions, bool AllowsSsh, bool AllowsForks, bool WithholdsFromOrbs)
{
    public static JsonOwner Of(VaultOwner owner) => new(
        owner.IsContext ? "context" : "project",
        owner.Name,
        owner.Organization,
        owner.CreatedAt,
        owner.CreatedBy,
        [.. owner.Living.Select(v => v.Name)],
        owner.SshKeys.IsEmpty ? null : [.. owner.SshKeys.Select(k => k.Sha256)],
        [.. owner.Restrictions.Select(r => new JsonRestriction(r.Id.ToString("D"), r.Kind, r.Value, r.Name))],
        owner.AllowsSsh,
        owner.AllowsForks,
        owner.WithholdsFromOrbs);
}
