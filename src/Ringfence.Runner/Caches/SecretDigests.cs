using System.Security.Cryptography;
using System.Text;
using Ringfence.Primitives;
using Ringfence.Runner.Blobs;

namespace Ringfence.Runner.Caches;

/// <summary>
/// What stands for a secret in the key of a cache: the same from run to run for the same value, and other for another. Keys are shown and stored, so it is
/// made with a random key of this machine's stores: without that nobody can try out which value it stands for.
/// </summary>
/// <param name="root">The folder of the stores.</param>
public sealed class SecretDigests(string root)
{
    private const string FileName = "secret-digests.key";
    private const UnixFileMode OnlyUser = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Bytes of a digest: enough that two values do not meet by chance.</summary>
    private const int Length = 8;

    /// <summary>The digest of a variable of a project, in hex.</summary>
    /// <exception cref="StoreException">The folder cannot be read or written.</exception>
    public async Task<string> OfAsync(string project, string name, SecretValue value, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Of(await KeyAsync(cancel).ConfigureAwait(false), project, name, value);
    }

    private static string Of(byte[] key, string project, string name, SecretValue value)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{project}\0{name}\0"));
        hash.AppendData(value.Reveal());
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, Length));
    }

    private async Task<byte[]> KeyAsync(CancellationToken cancel)
    {
        var path = Path.Combine(root, FileName);
        using var alone = await StoreLock.TakeAsync(root, cancel).ConfigureAwait(false);
        try
        {
            if (File.Exists(path) && await File.ReadAllBytesAsync(path, cancel).ConfigureAwait(false) is { Length: HMACSHA256.HashSizeInBytes } kept)
                return kept;

            // A damaged one is made anew: caches whose keys hold digests are then not found any more, as after a change of the values.
            var made = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
            var draft = path + ".tmp";
            File.Delete(draft);
            using (var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OnlyUser }))
                file.Write(made);
            File.Move(draft, path, overwrite: true);
            return made;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.Writing(root, e);
        }
    }
}
