using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Vaults;
using Ringfence.Primitives;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Keys;

namespace Ringfence.Keep.Serving;

/// <summary>Changes the keys of a keep. Each change can be interrupted at any moment and begun again.</summary>
/// <param name="folder">The keep.</param>
/// <param name="passphrase">Opens its key file; null when it asks for none.</param>
/// <param name="clock">The time.</param>
public sealed class KeyChanges(KeepFolder folder, SecretValue? passphrase, TimeProvider clock)
{
    /// <summary>Seals every secret to a new key and forgets the old one. No value leaves this process.</summary>
    /// <param name="cancel">Gives up; what is done stays done.</param>
    /// <returns>How many secrets were sealed anew.</returns>
    /// <exception cref="SealingException">The keys cannot be read.</exception>
    /// <exception cref="LedgerException">The ledger was tampered with or cannot be written.</exception>
    /// <exception cref="VaultException">What is stored was tampered with or cannot be written.</exception>
    public async Task<int> RotateAsync(CancellationToken cancel)
    {
        using var old = KeyFile.Read(folder.KeyFile, passphrase);

        // An earlier key means that a rotation was interrupted: it goes on.
        using var keys = old.Earlier is null ? old.WithNewSealingKey() : KeyFile.Read(folder.KeyFile, passphrase);
        var ledger = await Ledger.OpenAsync(folder.Path, keys.Signing, clock, cancel).ConfigureAwait(false);
        using var turn = await ledger.TakeTurnAsync(cancel).ConfigureAwait(false);
        KeyFile.Write(folder.KeyFile, keys, passphrase);
        folder.WritePublicKeys(keys);
        var room = new KeepRoom(keys, folder.Vault, ledger, clock);
        room.Recorded.CatchUp(ledger.Entries);
        var count = 0;
        foreach (var key in room.Recorded.Keys.ToList())
        {
            if (room.Load(key) is not { } owner)
                continue;
            var anew = owner.Living.Where(v => SealingKey.ReceiverOf(v.Sealed) != keys.Sealing.Public.Id).ToList();
            if (anew.Count == 0)
                continue;
            var changed = anew.Aggregate(owner, (all, variable) => all.With(Anew(all, variable, keys)));
            room.Save(changed, Entry(LedgerKind.SecretChanged, $"sealed to the key {keys.Sealing.Public.Id}") with { Variables = [.. anew.Select(v => KeepRoom.Entry(owner, v))] });
            count += anew.Count;
        }

        ledger.Append(Entry(LedgerKind.KeysRotated, $"from {keys.Earlier!.Public.Id} to {keys.Sealing.Public.Id}"));
        using var done = keys.WithoutEarlier();
        KeyFile.Write(folder.KeyFile, done, passphrase);
        return count;
    }

    /// <summary>Protects the key file by another passphrase, or by its mode only.</summary>
    /// <param name="next">The passphrase; null for none.</param>
    /// <exception cref="SealingException">The keys cannot be read.</exception>
    public void Protect(SecretValue? next)
    {
        using var keys = KeyFile.Read(folder.KeyFile, passphrase);
        KeyFile.Write(folder.KeyFile, keys, next);
    }

    /// <summary>Writes the keys to another file, and records that.</summary>
    /// <param name="path">The file.</param>
    /// <param name="protection">What protects it; null for its mode only.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="SealingException">The keys cannot be read.</exception>
    /// <exception cref="LedgerException">The ledger was tampered with or cannot be written.</exception>
    public async Task BackUpAsync(string path, SecretValue? protection, CancellationToken cancel)
    {
        using var keys = KeyFile.Read(folder.KeyFile, passphrase);
        var ledger = await Ledger.OpenAsync(folder.Path, keys.Signing, clock, cancel).ConfigureAwait(false);
        using var turn = await ledger.TakeTurnAsync(cancel).ConfigureAwait(false);
        ledger.Append(Entry(LedgerKind.KeysBackedUp, $"to {path}, {(protection is null ? "without" : "with")} a passphrase"));
        KeyFile.Write(path, keys, protection);
    }

    /// <summary>Puts keys from a backup in place of lost ones. They have to be those that sign this ledger.</summary>
    /// <param name="path">The backup.</param>
    /// <exception cref="SealingException">It cannot be read, or holds the keys of another keep.</exception>
    public void Restore(string path)
    {
        using var keys = KeyFile.Read(path, passphrase);
        if (folder.ReadPublicKeys() is { } known && known.Signing.Id != keys.Signing.Public.Id)
            throw new SealingException(SealingFault.OtherKey, $"{path} holds the keys of another keep: it signs as {keys.Signing.Public.Id}, the ledger here is signed by {known.Signing.Id}.");
        folder.WritePublicKeys(keys);
        KeyFile.Write(folder.KeyFile, keys, passphrase);
    }

    private static LedgerEntry Entry(LedgerKind kind, string text) => new() { Kind = kind, Text = text, By = Environment.UserName };

    private static VaultVariable Anew(VaultOwner owner, VaultVariable variable, KeepKeys keys)
    {
        var place = new SealedPlace(owner.Organization, owner.Key, variable.Name, variable.Version);
        using var value = keys.Open(variable.Sealed, place);
        return variable with { Sealed = keys.Sealing.Public.Seal(value, place) };
    }
}
