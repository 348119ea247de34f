using System.Globalization;
using Ringfence.Keep.Asking;
using Ringfence.Keep.Keyrings;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Vaults;
using Ringfence.Primitives;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Keys;

namespace Ringfence.Keep.Serving;

/// <summary>Changes the keys of a keep. Each change can be interrupted at any moment and begun again, and has a turn at the ledger to itself: two at a time would undo each other.</summary>
/// <param name="folder">The keep.</param>
/// <param name="opener">Opens its key file: the passphrase, or the key of the keyring; null when it asks for neither.</param>
/// <param name="clock">The time.</param>
public sealed class KeyChanges(KeepFolder folder, SecretValue? opener, TimeProvider clock)
{
    /// <summary>Seals every secret to a new key and forgets the old one. No value leaves this process. The same guards the new keys.</summary>
    /// <param name="cancel">Gives up; what is done stays done.</param>
    /// <returns>How many secrets were sealed anew.</returns>
    /// <exception cref="SealingException">The keys cannot be read.</exception>
    /// <exception cref="LedgerException">The ledger was tampered with or cannot be written.</exception>
    /// <exception cref="VaultException">What is stored was tampered with or cannot be written.</exception>
    public async Task<int> RotateAsync(CancellationToken cancel)
    {
        using var signer = KeyFile.Read(folder.KeyFile, opener);
        var ledger = await Ledger.OpenAsync(folder.Path, folder.Memory, signer.Signing, clock, cancel).ConfigureAwait(false);
        using var turn = await ledger.TakeTurnAsync(cancel).ConfigureAwait(false);
        var guard = KeyFile.GuardOf(folder.KeyFile, opener);
        using var old = KeyFile.Read(folder.KeyFile, opener);

        // An earlier key means that a rotation was interrupted: it goes on.
        using var keys = old.Earlier is null ? old.WithNewSealingKey() : KeyFile.Read(folder.KeyFile, opener);
        KeyFile.Write(folder.KeyFile, keys, guard);
        folder.WritePublicKeys(keys);
        var room = new KeepRoom(keys, folder.Vault, ledger, clock);
        room.Recorded.CatchUp(ledger.Entries);
        var count = 0;
        foreach (var key in room.Recorded.Keys.ToList())
        {
            if (room.Load(key) is not { } owner)
                continue;
            var anew = owner.Living.Where(v => SealingKey.ReceiverOf(v.Sealed) != keys.Sealing.Public.Id).ToList();
            var anewKeys = owner.SshKeys.Where(k => SealingKey.ReceiverOf(k.Sealed) != keys.Sealing.Public.Id).ToList();
            if (anew.Count + anewKeys.Count == 0)
                continue;
            var changed = anew.Aggregate(owner, (all, variable) => all.With(Anew(all, variable, keys)));
            changed = changed with { SshKeys = [.. owner.SshKeys.Select(k => anewKeys.Contains(k) ? k with { Sealed = Anew(k.Sealed, k.PlaceIn(owner), keys) } : k)] };
            room.Save(changed, Entry(LedgerKind.SecretChanged, $"sealed to the key {keys.Sealing.Public.Id}") with { Variables = [.. anew.Select(v => KeepRoom.Entry(owner, v)), .. anewKeys.Select(k => KeepRoom.Entry(owner, k))] });
            count += anew.Count + anewKeys.Count;
        }

        ledger.Append(Entry(LedgerKind.KeysRotated, $"from {keys.Earlier!.Public.Id} to {keys.Sealing.Public.Id}"));
        using var done = keys.WithoutEarlier();
        KeyFile.Write(folder.KeyFile, done, guard);
        return count;
    }

    /// <summary>Protects the key file by another passphrase, or by its mode only, and records that.</summary>
    /// <param name="passphrase">The passphrase; null for none.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="SealingException">The keys cannot be read.</exception>
    /// <exception cref="LedgerException">The ledger was tampered with or cannot be written.</exception>
    public async Task ProtectAsync(SecretValue? passphrase, CancellationToken cancel)
    {
        using var keys = KeyFile.Read(folder.KeyFile, opener);
        var ledger = await Ledger.OpenAsync(folder.Path, folder.Memory, keys.Signing, clock, cancel).ConfigureAwait(false);
        using var turn = await ledger.TakeTurnAsync(cancel).ConfigureAwait(false);
        Guard(KeyGuard.Of(passphrase), ledger, passphrase is null ? "by the mode of their file" : "by a passphrase");
    }

    /// <summary>Protects the key file by a new key in a keyring, and records that. The keyring has given the key back before the file asks for it.</summary>
    /// <param name="keyring">The keyring.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The entry of the keyring.</returns>
    /// <exception cref="KeepException">The keyring does not do it. The key file is as before.</exception>
    /// <exception cref="SealingException">The keys cannot be read.</exception>
    /// <exception cref="LedgerException">The ledger was tampered with or cannot be written.</exception>
    public async Task<string> ProtectByKeyringAsync(Keyring keyring, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(keyring);
        using var keys = KeyFile.Read(folder.KeyFile, opener);
        var entry = KeyringKey.NewEntry();
        using var key = KeyringKey.Create();

        // Before the turn: the keyring may wait for a person.
        await keyring.StoreAsync(entry, key, cancel).ConfigureAwait(false);
        try
        {
            using var stored = await keyring.LookUpAsync(entry, cancel).ConfigureAwait(false);
            if (!stored.FixedTimeEquals(key))
                throw new KeepException("The keyring gave back something else than it was given. Nothing was changed.");
            var ledger = await Ledger.OpenAsync(folder.Path, folder.Memory, keys.Signing, clock, cancel).ConfigureAwait(false);
            using var turn = await ledger.TakeTurnAsync(cancel).ConfigureAwait(false);
            Guard(new KeyGuard.Keyring(entry, stored), ledger, $"by the keyring's entry {entry}");
            return entry;
        }
        catch when (KeyFile.KeyringEntry(folder.KeyFile) != entry)
        {
            await TryRemoveAsync(keyring, entry).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes the keys to another file, and records that.</summary>
    /// <param name="path">The file.</param>
    /// <param name="protection">The passphrase that protects it; null for its mode only. A keyring never does: a backup has to open elsewhere.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="SealingException">The keys cannot be read.</exception>
    /// <exception cref="LedgerException">The ledger was tampered with or cannot be written.</exception>
    public async Task BackUpAsync(string path, SecretValue? protection, CancellationToken cancel)
    {
        using var signer = KeyFile.Read(folder.KeyFile, opener);
        var ledger = await Ledger.OpenAsync(folder.Path, folder.Memory, signer.Signing, clock, cancel).ConfigureAwait(false);
        using var turn = await ledger.TakeTurnAsync(cancel).ConfigureAwait(false);
        using var keys = KeyFile.Read(folder.KeyFile, opener);
        ledger.Append(Entry(LedgerKind.KeysBackedUp, $"to {path}, {(protection is null ? "without" : "with")} a passphrase"));
        KeyFile.Write(path, keys, KeyGuard.Of(protection));
    }

    /// <summary>Puts keys from a backup in place of lost ones. They have to be those that sign this ledger, and to open what is stored. What guards the backup guards them from then on.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Why that is not in the ledger; null when it is. Keys come back all the same: they are needed to settle what is wrong with it.</returns>
    /// <exception cref="SealingException">It cannot be read, holds the keys of another keep, or was made before the keys were rotated.</exception>
    /// <exception cref="VaultException">What is stored cannot be read, so nobody knows whether the keys open it.</exception>
    public async Task<string?> RestoreAsync(string path, CancellationToken cancel)
    {
        using var keys = KeyFile.Read(path, opener);
        if (folder.LacksLedger)
        {
            // A new one would begin where the old one, once it is brought back, has another entry.
            Replace(path, keys);
            return folder.WhatIsGone;
        }

        try
        {
            var ledger = await Ledger.OpenAsync(folder.Path, folder.Memory, keys.Signing, clock, cancel).ConfigureAwait(false);
            using var turn = await ledger.TakeTurnAsync(cancel).ConfigureAwait(false);
            Replace(path, keys);
            ledger.Append(Entry(LedgerKind.KeysRestored, $"from {path}"));
            return null;
        }
        catch (LedgerException e)
        {
            Replace(path, keys);
            return e.Message;
        }
    }

    private void Replace(string path, KeepKeys keys)
    {
        if (folder.ReadPublicKeys() is { } known && known.Signing.Id != keys.Signing.Public.Id)
            throw new SealingException(SealingFault.OtherKey, $"{path} holds the keys of another keep: it signs as {keys.Signing.Public.Id}, the ledger here is signed by {known.Signing.Id}.");
        if (WhyTooOld(keys) is { } tooOld)
            throw new SealingException(SealingFault.OtherKey, $"{path} {tooOld}");
        folder.WritePublicKeys(keys);
        KeyFile.Write(folder.KeyFile, keys, KeyFile.GuardOf(path, opener));
    }

    /// <summary>Removes an entry of a keyring that nothing needs any more; whether that could be done.</summary>
    public static async Task<bool> TryRemoveAsync(Keyring keyring, string entry)
    {
        ArgumentNullException.ThrowIfNull(keyring);
        try
        {
            await keyring.RemoveAsync(entry, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (KeepException)
        {
            return false;
        }
    }

    // Reads the keys anew: they may have been rotated while this waited for its turn.
    private void Guard(KeyGuard guard, Ledger ledger, string how)
    {
        using var keys = KeyFile.Read(folder.KeyFile, opener);
        ledger.Append(Entry(LedgerKind.KeysGuarded, how));
        KeyFile.Write(folder.KeyFile, keys, guard);
    }

    // After a rotation an earlier backup signs the same ledger and opens nothing; in its place would go the only key that does.
    private string? WhyTooOld(KeepKeys keys)
    {
        var receivers = folder.Vault.All().SelectMany(owner => owner.Living.Select(v => v.Sealed).Concat(owner.SshKeys.Select(k => k.Sealed))).Select(bytes => SealingKey.ReceiverOf(bytes)).ToList();
        var others = receivers.Where(id => id != keys.Sealing.Public.Id && (keys.Earlier is null || id != keys.Earlier.Public.Id)).ToList();
        return others.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"does not open {others.Count} of the {receivers.Count} secrets in {folder.VaultPath}: they are sealed to {string.Join(", ", others.Distinct())}, and it holds {keys.Sealing.Public.Id}, from before the keys were rotated. Nothing was changed. Restore a backup that was made after the last 'ringfence keep rotate'.");
    }

    private static LedgerEntry Entry(LedgerKind kind, string text) => new() { Kind = kind, Text = text, By = Environment.UserName };

    private static VaultVariable Anew(VaultOwner owner, VaultVariable variable, KeepKeys keys) =>
        variable with { Sealed = Anew(variable.Sealed, new SealedPlace(owner.Organization, owner.Key, variable.Name, variable.Version), keys) };

    private static byte[] Anew(byte[] sealedBytes, SealedPlace place, KeepKeys keys)
    {
        using var value = keys.Open(sealedBytes, place);
        return keys.Sealing.Public.Seal(value, place);
    }
}
