using System.Security.Cryptography;
using System.Text.Json;

namespace Ringfence.Keep.Vaults;

/// <summary>The folder of sealed secrets: a file for each context and each project. What is in it is worth nothing without the keep's key.</summary>
/// <param name="folder">The folder; it MAY not be there yet.</param>
public sealed class Vault(string folder)
{
    private const int MostBytes = 16 * 1024 * 1024;
    private const string Next = ".next";

    /// <summary>Everything that is stored, by organization and name.</summary>
    /// <exception cref="VaultException">A file cannot be read.</exception>
    public IReadOnlyList<VaultOwner> All()
    {
        return [.. Everything().Select(s => s.Owner).OrderBy(o => o.Organization, StringComparer.Ordinal).ThenBy(o => o.Name, StringComparer.Ordinal)];
    }

    /// <summary>A context by its organization and name; null when there is none.</summary>
    /// <exception cref="VaultException">A file cannot be read.</exception>
    public VaultOwner? FindContext(string organization, string name) => All().FirstOrDefault(o => o.IsContext && o.Organization == organization && o.Name == name);

    /// <summary>What is stored under a key; null when nothing is.</summary>
    /// <exception cref="VaultException">The file cannot be read.</exception>
    public VaultOwner? Find(string key) => Read(PathOf(key))?.Owner;

    /// <summary>What is stored under a key, with the digest of its file; null when nothing is.</summary>
    /// <exception cref="VaultException">The file cannot be read.</exception>
    internal (VaultOwner Owner, string Digest)? FindWithDigest(string key) => Read(PathOf(key)) is { } stored ? (stored.Owner, stored.Digest) : null;

    /// <summary>Whether nothing is stored at all.</summary>
    internal bool IsEmpty => !Directory.Exists(folder) || !Directory.EnumerateFiles(folder, "*.json").Any();

    /// <summary>Everything that is stored, with the digest of each file; to be held against the ledger.</summary>
    /// <exception cref="VaultException">A file cannot be read.</exception>
    internal IReadOnlyList<(VaultOwner Owner, string Digest)> AllWithDigests() => [.. Everything().Select(s => (s.Owner, s.Digest))];

    /// <summary>What is stored under a key, if it is what the ledger says was stored last.</summary>
    /// <param name="key">The key.</param>
    /// <param name="digest">What the ledger recorded; null when it says that there is nothing.</param>
    /// <exception cref="VaultException">It is something else.</exception>
    internal VaultOwner? Verified(string key, string? digest)
    {
        var path = PathOf(key);
        var stored = Read(path);
        if (stored?.Digest == digest)
            return stored?.Owner;

        // The keep was interrupted between recording a change and putting it in place.
        if (digest is not null && Prepared(key, digest) is { } prepared)
        {
            Commit(key);
            return prepared;
        }

        if (digest is null && stored is not null)
            throw new VaultException($"{stored.Owner.Name} ({key}) is stored, and the ledger does not know it: it was put there behind the keep's back.", isTampered: true);
        throw new VaultException(stored is null ? $"What the ledger knows as {key} is gone from {folder}." : $"{stored.Owner.Name} ({key}) is stored as something else than the ledger recorded last: it was changed, or an older state was put back.", isTampered: true);
    }

    /// <summary>Gets a new state ready, so that after it was recorded only a name has to change.</summary>
    /// <returns>Its digest, for the ledger.</returns>
    internal string Prepare(VaultOwner owner)
    {
        try
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var bytes = JsonSerializer.SerializeToUtf8Bytes(owner, VaultJson.Default.VaultOwner);
            if (bytes.Length > MostBytes)
                throw new VaultException($"{owner.Name} would take more than 16 MiB.");
            using var file = new FileStream(PathOf(owner.Key) + Next, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
            file.Write(bytes);
            file.Flush(flushToDisk: true);
            return DigestOf(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaultException($"{owner.Name} cannot be stored in {folder}: {e.Message}", e);
        }
    }

    /// <summary>What was prepared and recorded, and is not in place yet since the keep was interrupted; null when nothing is.</summary>
    /// <exception cref="VaultException">The file cannot be read.</exception>
    internal VaultOwner? Prepared(string key, string digest) => Read(PathOf(key) + Next) is { } next && next.Digest == digest ? next.Owner : null;

    /// <summary>Puts in place what was prepared.</summary>
    /// <exception cref="VaultException">It cannot; once it can, <see cref="Verified"/> does.</exception>
    internal void Commit(string key) => Change(key, path => File.Move(path + Next, path, overwrite: true));

    /// <summary>Removes what is stored under a key, and what was only prepared.</summary>
    /// <exception cref="VaultException">It cannot.</exception>
    internal void Delete(string key) => Change(key, path =>
    {
        File.Delete(path + Next);
        File.Delete(path);
    });

    private static string DigestOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private void Change(string key, Action<string> change)
    {
        var path = PathOf(key);
        try
        {
            // A folder that is not there holds nothing to remove.
            if (Directory.Exists(folder))
                change(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaultException($"{path} cannot be changed, and the ledger has the change already: {e.Message} Once that is put right, the keep does it when it is asked again.", e);
        }
    }

    private string PathOf(string key) => Path.Combine(folder, key.Replace(':', '-') + ".json");

    private IEnumerable<Stored> Everything()
    {
        if (!Directory.Exists(folder))
            yield break;
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (Read(path) is not { } stored)
                continue;
            if (PathOf(stored.Owner.Key) != path)
                throw new VaultException($"{path} holds {stored.Owner.Name} ({stored.Owner.Key}), which is not its place: it was put there behind the keep's back.", isTampered: true);
            yield return stored;
        }
    }

    private static Stored? Read(string path)
    {
        try
        {
            if (!File.Exists(path))
                return null;
            if (new FileInfo(path).Length > MostBytes)
                throw new VaultException($"{path} is longer than 16 MiB.", isTampered: true);
            var bytes = File.ReadAllBytes(path);
            var owner = JsonSerializer.Deserialize(bytes, VaultJson.Default.VaultOwner);
            return owner is null ? throw new VaultException($"{path} holds nothing.", isTampered: true) : new Stored(owner, DigestOf(bytes));
        }
        catch (JsonException e)
        {
            throw new VaultException($"{path} was damaged: {e.Message}", isTampered: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaultException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private sealed record Stored(VaultOwner Owner, string Digest);
}
