using System.Collections.Immutable;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Vaults;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Keys;

namespace Ringfence.Keep.Serving;

/// <summary>What the desks of a keep work with: its keys, its ledger, and what is stored as far as the ledger vouches for it.</summary>
/// <param name="Keys">The private keys.</param>
/// <param name="Vault">The sealed secrets.</param>
/// <param name="Ledger">The record.</param>
/// <param name="Clock">The time.</param>
internal sealed record KeepRoom(KeepKeys Keys, Vault Vault, Ledger Ledger, TimeProvider Clock)
{
    /// <summary>What the ledger says is stored.</summary>
    public RecordedOwners Recorded { get; } = new();

    /// <summary>What a request is about; null when there is no such context, or the project has no variables yet.</summary>
    /// <exception cref="VaultException">What is stored was tampered with.</exception>
    public VaultOwner? Find(Owner owner) => Load(KeyOf(owner));

    /// <summary>A context by name; null when there is none.</summary>
    /// <exception cref="VaultException">What is stored was tampered with.</exception>
    public VaultOwner? FindContext(string organization, string name) => Recorded.ContextNamed(organization, name) is { } key ? Load(key) : null;

    /// <summary>What is stored under a key; null when nothing is.</summary>
    /// <exception cref="VaultException">What is stored was tampered with.</exception>
    public VaultOwner? Load(string key)
    {
        try
        {
            return Vault.Verified(key, Recorded.DigestOf(key));
        }
        catch (VaultException e) when (e.IsTampered && Stored(key) is { } stored && TamperSearch.Find(stored, Keys) is { } found)
        {
            throw new VaultException($"{e.Message} {found}", isTampered: true);
        }
    }

    /// <summary>Records a change and stores it: both, or neither.</summary>
    public LedgerEntry Save(VaultOwner owner, LedgerEntry entry)
    {
        var digest = Vault.Prepare(owner);
        var written = Ledger.Append(entry with { Owner = owner.Key, OwnerName = owner.Name, Organization = owner.Organization, Digest = digest });
        Vault.Commit(owner.Key);
        Recorded.CatchUp(Ledger.Entries);
        return written;
    }

    /// <summary>Removes what is still stored of contexts that were deleted: the keep was interrupted after it had recorded that. Something else in their place stays, to be noticed.</summary>
    public void RemoveDeleted()
    {
        foreach (var (key, digest) in Recorded.Deleted)
        {
            try
            {
                if (Vault.FindWithDigest(key)?.Digest == digest)
                    Vault.Delete(key);
            }
            catch (VaultException)
            {
                // Nothing is released from there.
            }
        }
    }

    /// <summary>The entry of the ledger for a variable.</summary>
    public static LedgerVariable Entry(VaultOwner owner, VaultVariable variable, ImmutableArray<int>? steps = null) =>
        new(variable.Name, owner.Key, owner.Name, variable.Version, variable.Fingerprint, steps);

    /// <summary>The entry of the ledger for an SSH key.</summary>
    public static LedgerVariable Entry(VaultOwner owner, VaultSshKey key, ImmutableArray<int>? steps = null) => new(key.Name, owner.Key, owner.Name, 1, key.Fingerprint, steps);

    public static string KeyOf(Owner owner) => owner.KindCase switch
    {
        Owner.KindOneofCase.ContextId when Guid.TryParse(owner.ContextId, out var id) => $"context:{id:D}",
        Owner.KindOneofCase.Project when owner.Project.Length > 0 => VaultPolicies.ProjectKey(owner.Project),
        _ => throw new RefusalException(RefusalKind.Invalid, "The request does not say which context or project it is about."),
    };

    private VaultOwner? Stored(string key)
    {
        try
        {
            return Vault.Find(key);
        }
        catch (VaultException)
        {
            return null;
        }
    }
}
