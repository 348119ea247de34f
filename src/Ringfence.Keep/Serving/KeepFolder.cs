using System.Collections.Immutable;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Vaults;
using Ringfence.Primitives;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Keys;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Keep.Serving;

/// <summary>Where a keep has its things: one folder that only its user may enter, and beside it the sealed secrets, which are worth nothing without it.</summary>
/// <param name="Path">The keep's folder.</param>
/// <param name="VaultPath">The folder of sealed secrets.</param>
public sealed record KeepFolder(string Path, string VaultPath)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The private keys.</summary>
    public string KeyFile => System.IO.Path.Combine(Path, "keep.key");

    /// <summary>The public key that secrets are sealed to, and the one that signs the ledger.</summary>
    public string PublicKeyFile => System.IO.Path.Combine(Path, "keep.pub");

    /// <summary>Heads of the ledger that the records of runs have kept, for whoever opens it to compare.</summary>
    public ImmutableArray<LedgerHead> HeadsOfRuns { get; init; } = [];

    /// <summary>What is known outside of the folder of how far the ledger had come.</summary>
    public LedgerMemory Memory => LedgerMemory.Beside(Path) with { OfRuns = HeadsOfRuns };

    /// <summary>Whether there is a keep, or what is left of one: a memory that there was one, at the least.</summary>
    public bool Exists => HasKeys || HasLedger || !Vault.IsEmpty || Memory.Exists;

    /// <summary>Whether the private keys are there.</summary>
    public bool HasKeys => File.Exists(KeyFile);

    /// <summary>Whether secrets are stored, or a head of the ledger is anywhere, and the ledger that vouches for them is gone.</summary>
    public bool LacksLedger => !HasLedger && (!Vault.IsEmpty || Ledger.HasHead(Path) || Memory.Exists);

    /// <summary>What of the keep is gone, and what to do; null when nothing is, or when there is no keep.</summary>
    public string? WhatIsGone =>
        Memory.Exists && !HasKeys && !HasLedger && Vault.IsEmpty ? $"The keep has gone, with all that it kept in {Path} and {VaultPath}: bring both folders back from a backup of this machine. If you removed it on purpose, remove {Memory.Path} too, and the next secret makes a new one"
        : Exists && !HasKeys ? "The keys of the keep are missing: ringfence keep restore FILE"
        : LacksLedger ? $"The ledger of the keep is missing in {Path}, so nothing vouches for what is stored: bring that folder back from a backup of this machine"
        : null;

    /// <summary>The sealed secrets.</summary>
    public Vault Vault => new(VaultPath);

    private bool HasLedger => File.Exists(Ledger.PathIn(Path));

    private string RequestersFile => System.IO.Path.Combine(Path, "requesters");

    /// <summary>Makes a keep with new keys. Of several that make one at the same time, one does, and the others find it.</summary>
    /// <param name="passphrase">Protects the key file; null for its mode only.</param>
    /// <param name="requester">Whose requests it answers.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Whether this made it.</returns>
    /// <exception cref="IOException">The folder cannot be written, or what is left of a keep is there.</exception>
    /// <exception cref="LedgerException">Its ledger cannot be written.</exception>
    public async Task<bool> CreateAsync(SecretValue? passphrase, VerifyingKey requester, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(requester);
        Directory.CreateDirectory(Path, OwnerOnly);
        File.SetUnixFileMode(Path, OwnerOnly);
        using var turn = await FileTurn.TakeAsync(System.IO.Path.Combine(Path, "create.lock"), cancel).ConfigureAwait(false);
        if (HasKeys && WhatIsGone is null)
            return false;
        if (IsBegunOnly())
        {
            // Whoever made it was interrupted before the keys were written, so nothing was ever sealed to them.
            foreach (var begun in (string[])[Memory.Path, Ledger.HeadPath(Path), Ledger.PathIn(Path)])
                File.Delete(begun);
        }

        if (Exists)
            throw new IOException(WhatIsGone ?? $"What is left of a keep is in {Path}.");
        using var keys = KeepKeys.Create();
        var ledger = await Ledger.OpenAsync(Path, Memory, keys.Signing, clock, cancel).ConfigureAwait(false);
        using (await ledger.TakeTurnAsync(cancel).ConfigureAwait(false))
            ledger.Append(new LedgerEntry { Kind = LedgerKind.KeysCreated, Text = $"sealing key {keys.Sealing.Public.Id}, signing key {keys.Signing.Public.Id}", By = Environment.UserName });
        await File.WriteAllTextAsync(RequestersFile, Convert.ToBase64String(requester.Bytes.Span) + "\n", cancel).ConfigureAwait(false);
        WritePublicKeys(keys);

        // Last: with the key file there is a keep.
        Sealing.Keys.KeyFile.Write(KeyFile, keys, KeyGuard.Of(passphrase));
        return true;
    }

    /// <summary>Lets somebody ask the keep, who could before or not.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Admit(VerifyingKey requester)
    {
        ArgumentNullException.ThrowIfNull(requester);
        if (!ReadRequesters().Any(known => known.Id == requester.Id))
            File.AppendAllText(RequestersFile, Convert.ToBase64String(requester.Bytes.Span) + "\n");
    }

    /// <summary>The public keys; null when there is no keep or the file was damaged.</summary>
    public (SealingPublicKey Sealing, VerifyingKey Signing)? ReadPublicKeys()
    {
        try
        {
            var lines = File.ReadAllLines(PublicKeyFile);
            return lines.Length == 2
                && SealingPublicKey.TryParse(Convert.FromBase64String(lines[0]), out var sealing)
                && VerifyingKey.TryParse(Convert.FromBase64String(lines[1]), out var signing)
                ? (sealing, signing)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    internal void WritePublicKeys(KeepKeys keys) =>
        File.WriteAllText(PublicKeyFile, $"{Convert.ToBase64String(keys.Sealing.Public.Bytes.Span)}\n{Convert.ToBase64String(keys.Signing.Public.Bytes.Span)}\n");

    internal IReadOnlyList<VerifyingKey> ReadRequesters()
    {
        var all = new List<VerifyingKey>();
        if (!File.Exists(RequestersFile))
            return all;
        foreach (var line in File.ReadLines(RequestersFile))
        {
            var bytes = new byte[line.Length];
            if (Convert.TryFromBase64String(line, bytes, out var length) && VerifyingKey.TryParse(bytes.AsSpan(0, length), out var key))
                all.Add(key);
        }

        return all;
    }

    private bool IsBegunOnly()
    {
        if (HasKeys || !Vault.IsEmpty || !HasLedger)
            return false;
        var begun = LedgerReader.Read(Ledger.PathIn(Path), null, []);
        return begun.Problems.All(problem => problem.Kind == LedgerProblemKind.Unfinished) && begun.Entries.All(entry => entry.Kind == LedgerKind.KeysCreated) && Memory.Read().IsIn(begun.Entries, begun.Head);
    }
}
