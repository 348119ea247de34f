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

    /// <summary>Reads the ledger of a keep with the heads that the keep noted and that are remembered outside of its folder.</summary>
    /// <exception cref="LedgerException">What the keep noted was changed.</exception>
    public static LedgerReading ReadLedger(KeepFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        // Before the entries: a keep that works meanwhile writes them first.
        IReadOnlyList<LedgerHead> remembered = [.. folder.Memory.Heads().Select(known => known.Head)];
        return folder.ReadPublicKeys() is { } keys ? LedgerReader.ReadQuickly(folder.Path, keys.Signing, remembered) : LedgerReader.ReadIn(folder.Path, null, remembered);
    }

    private static StoredSecrets Once(KeepFolder folder)
    {
        var ledger = ReadLedger(folder);
        var recorded = new RecordedOwners();
        recorded.CatchUp(ledger.Entries);
        var stored = WithInterrupted(folder.Vault, recorded);
        var warnings = ledger.Problems.Where(p => p.Kind != LedgerProblemKind.Unfinished).Select(p => p.Text)
            .Concat(stored.Where(s => recorded.DigestOf(s.Owner.Key) != s.Digest).Select(s => $"{s.Owner.Name} ({s.Owner.Key}) is not stored as the ledger recorded it last: it was changed behind the keep's back, and its secrets are not released."))
            .Concat(recorded.Keys.Except(stored.Select(s => s.Owner.Key), StringComparer.Ordinal).Select(key => $"What the ledger knows as {key} is gone."));
        return new StoredSecrets([.. stored.Select(s => s.Owner).OrderBy(o => o.Organization, StringComparer.Ordinal).ThenBy(o => !o.IsContext).ThenBy(o => o.Name, StringComparer.Ordinal)], ledger, [.. warnings]);
    }

    // A keep that was interrupted between recording a change and storing it does that when it is next asked; until then, this is what counts.
    private static List<(VaultOwner Owner, string Digest)> WithInterrupted(Vault vault, RecordedOwners recorded)
    {
        var stored = vault.AllWithDigests().Where(s => recorded.Deleted.GetValueOrDefault(s.Owner.Key) != s.Digest).ToDictionary(s => s.Owner.Key, s => s, StringComparer.Ordinal);
        foreach (var key in recorded.Keys)
        {
            var digest = recorded.DigestOf(key)!;
            if (stored.GetValueOrDefault(key).Digest != digest && vault.Prepared(key, digest) is { } prepared)
                stored[key] = (prepared, digest);
        }

        return [.. stored.Values];
    }
}
