using System.Collections.Immutable;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Vaults;

namespace Ringfence.Keep.Serving;

/// <summary>What is stored, read without the keep and its keys, and held against what the ledger says.</summary>
/// <param name="Owners">The contexts and projects, by organization and name.</param>
/// <param name="Ledger">The ledger.</param>
/// <param name="Warnings">What does not agree; empty when all does.</param>
public sealed record StoredSecrets(ImmutableArray<VaultOwner> Owners, LedgerReading Ledger, ImmutableArray<string> Warnings)
{
    /// <summary>Reads everything.</summary>
    /// <exception cref="VaultException">A file cannot be read.</exception>
    /// <exception cref="LedgerException">What the keep noted about the ledger was changed.</exception>
    public static StoredSecrets Read(KeepFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var read = Once(folder);

        // A keep may have recorded something between the reading of one file and of another.
        return read.Warnings.IsEmpty ? read : Once(folder);
    }

    /// <summary>Reads the ledger of a keep with the head that the keep noted.</summary>
    /// <exception cref="LedgerException">What the keep noted was changed.</exception>
    public static LedgerReading ReadLedger(KeepFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var (path, head) = (Ledgers.Ledger.PathIn(folder.Path), Ledgers.Ledger.ReadHead(folder.Path));
        return folder.ReadPublicKeys() is { } keys ? LedgerReader.ReadQuickly(path, keys.Signing, head) : LedgerReader.Read(path, null, [head]);
    }

    private static StoredSecrets Once(KeepFolder folder)
    {
        var ledger = ReadLedger(folder);
        var recorded = new RecordedOwners();
        recorded.CatchUp(ledger.Entries);
        var stored = folder.Vault.AllWithDigests();
        var warnings = ledger.Problems.Where(p => p.Kind != LedgerProblemKind.Unfinished).Select(p => p.Text)
            .Concat(stored.Where(s => recorded.DigestOf(s.Owner.Key) != s.Digest).Select(s => $"{s.Owner.Name} ({s.Owner.Key}) is not stored as the ledger recorded it last: it was changed behind the keep's back, and its secrets are not released."))
            .Concat(recorded.Keys.Except(stored.Select(s => s.Owner.Key), StringComparer.Ordinal).Select(key => $"What the ledger knows as {key} is gone."));
        return new StoredSecrets([.. stored.Select(s => s.Owner).OrderBy(o => o.Organization, StringComparer.Ordinal).ThenBy(o => !o.IsContext).ThenBy(o => o.Name, StringComparer.Ordinal)], ledger, [.. warnings]);
    }
}
