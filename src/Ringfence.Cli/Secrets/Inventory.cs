using System.Collections.Immutable;
using Ringfence.Cli.Run;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Keep.Vaults;

namespace Ringfence.Cli.Secrets;

/// <summary>Puts together what is known of secrets: what is stored, and what the ledger and the records of runs tell of it.</summary>
internal static class Inventory
{
    /// <summary>The secrets of some owners, in their order and by name.</summary>
    /// <param name="stored">Everything that is stored on this machine.</param>
    /// <param name="references">What the records of runs tell of steps that refer to secrets.</param>
    /// <param name="isWanted">Whether an owner is asked for.</param>
    /// <param name="withRemoved">Whether to give those that were removed, too.</param>
    public static ImmutableArray<InventoryRow> Of(StoredSecrets stored, IEnumerable<SecretReferenceRecord> references, Func<VaultOwner, bool> isWanted, bool withRemoved)
    {
        var releases = new Dictionary<(string, string), SecretRelease>();
        foreach (var release in BlastRadius.Find(stored.Ledger.Entries, new BlastQuery()))
            releases[(release.Variable.Owner, release.Variable.Name)] = release;
        var referred = references.GroupBy(r => (r.Organization, r.Owner, r.Variable)).ToDictionary(g => g.Key, g => g.MaxBy(r => r.At)!);
        var same = stored.Owners.SelectMany(o => o.Living.Select(v => (Owner: o, Variable: v))).Where(s => s.Variable.Fingerprint.Length > 0).ToLookup(s => s.Variable.Fingerprint, StringComparer.Ordinal);
        return
        [
            .. from owner in stored.Owners.Concat(withRemoved ? Deleted(stored) : [])
               where isWanted(owner)
               from variable in owner.Variables
               where withRemoved || variable.RemovedAt is null
               select new InventoryRow(owner, variable)
               {
                   LastRelease = releases.GetValueOrDefault((owner.Key, variable.Name)),
                   LastReference = ReferenceOf(owner, variable, referred),
                   SameAs = [.. same[variable.Fingerprint].Where(s => s.Owner.Key != owner.Key || s.Variable.Name != variable.Name).Select(s => $"{s.Variable.Name} in {s.Owner.Name}")],
               },
        ];
    }

    // A name that was given anew is another secret.
    private static SecretReferenceRecord? ReferenceOf(VaultOwner owner, VaultVariable variable, Dictionary<(string, string, string), SecretReferenceRecord> referred) =>
        referred.GetValueOrDefault((owner.Organization, $"{(owner.IsContext ? "context" : "project")} {owner.Name}", variable.Name)) is { } last && last.At >= owner.CreatedAt && last.At >= variable.CreatedAt ? last : null;

    /// <summary>What the ledger remembers of contexts that were deleted.</summary>
    private static IEnumerable<VaultOwner> Deleted(StoredSecrets stored) =>
        from entry in stored.Ledger.Entries
        where entry.Kind == LedgerKind.ContextDeleted
        select new VaultOwner
        {
            Key = entry.Owner,
            Name = entry.OwnerName,
            Organization = entry.Organization,
            Variables = [.. entry.Variables.Select(v => new VaultVariable { Name = v.Name, Version = v.Version, Fingerprint = v.Fingerprint, RemovedAt = entry.At })],
        };
}
