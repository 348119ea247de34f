using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using Ringfence.Primitives;
using Ringfence.Sealing.Boxes;

namespace Ringfence.Sealing.Keys;

/// <summary>
/// The private keys of a keep as a text file: encrypted under a passphrase (Argon2id, then XChaCha20-Poly1305), encrypted under a key that lies in a keyring
/// (XChaCha20-Poly1305), or as they are, so that only the file's mode guards them.
/// </summary>
public static class KeyFile
{
    private const string FirstLine = "ringfence keep keys 1";
    private const string Encrypted = "passphrase: argon2id ";
    private const string Plain = "passphrase: none";
    private const string InKeyring = "keyring: ";
    private const string Keys = "keys: ";
    private const int MostBytes = 8 * 1024;
    private const int DraftBytes = 8;
    private const string DraftEnd = ".new";

    // OWASP's and RFC 9106's second recommendation: 64 MiB, 3 passes, one lane (the only number libsodium has).
    private const int MemoryKiB = 64 * 1024;
    private const int Passes = 3;
    private const int MostMemoryKiB = 1024 * 1024;
    private const int MostPasses = 16;
    private const int SaltLength = 16;
    private const int NonceLength = 24;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private static readonly AeadAlgorithm Cipher = AeadAlgorithm.XChaCha20Poly1305;

    /// <summary>Whether the file at this path asks for a passphrase.</summary>
    /// <exception cref="SealingException">There is no such file, or it holds something else.</exception>
    public static bool NeedsPassphrase(string path) => Parse(path).Header.Contains(Encrypted, StringComparison.Ordinal);

    /// <summary>The entry of the keyring that opens the file at this path; null when none does.</summary>
    /// <exception cref="SealingException">There is no such file, or it holds something else.</exception>
    public static string? KeyringEntry(string path) => EntryOf(Parse(path).Header);

    /// <summary>What guards the file at this path.</summary>
    /// <param name="path">The file.</param>
    /// <param name="opener">The passphrase, or the key of the keyring; null when the file asks for neither.</param>
    /// <exception cref="SealingException">There is no such file, it holds something else, or it asks for something that is not there.</exception>
    public static KeyGuard GuardOf(string path, SecretValue? opener)
    {
        var header = Parse(path).Header;
        if (header.EndsWith(Plain + "\n", StringComparison.Ordinal))
            return KeyGuard.Nothing;
        if (opener is null)
            throw Missing(path, header);
        return EntryOf(header) is { } entry ? new KeyGuard.Keyring(entry, opener) : new KeyGuard.Passphrase(opener);
    }

    /// <summary>Writes the keys, readable by the owner only. What was there before is replaced once it is sure that the new file opens, and in one move.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="guard">What guards them.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="SealingException">What was written does not open. The file is as before.</exception>
    public static void Write(string path, KeepKeys keys, KeyGuard guard)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var clear = keys.Export();
        try
        {
            var (text, opener) = guard switch
            {
                KeyGuard.ModeOnly => ($"{FirstLine}\n{Plain}\n{Keys}{Convert.ToBase64String(clear)}\n", null),
                KeyGuard.Passphrase passphrase => (Encrypt(clear, passphrase.Value), passphrase.Value),
                KeyGuard.Keyring keyring => (Encrypt(clear, path, keyring), keyring.Key),
                _ => throw new ArgumentOutOfRangeException(nameof(guard)),
            };
            // A new file that nobody could have made before: a backup MAY go to a folder in which others write, too.
            var draft = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(DraftBytes))}{DraftEnd}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
            try
            {
                using (var file = new FileStream(draft, options))
                {
                    file.Write(Encoding.ASCII.GetBytes(text));
                    file.Flush(flushToDisk: true);
                }

                Read(draft, opener).Dispose();
                File.Move(draft, path, overwrite: true);
                RemoveDrafts(path);
            }
            catch
            {
                File.Delete(draft);
                throw;
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    /// <summary>Reads the keys.</summary>
    /// <param name="path">The file.</param>
    /// <param name="opener">The passphrase, or the key of the keyring; null when the file asks for neither.</param>
    /// <exception cref="SealingException">The keys cannot be had, and why.</exception>
    public static KeepKeys Read(string path, SecretValue? opener)
    {
        var (header, body) = Parse(path);
        if (header.EndsWith(Plain + "\n", StringComparison.Ordinal))
            return KeepKeys.Import(body);
        if (opener is null)
            throw Missing(path, header);
        var isInKeyring = EntryOf(header) is not null;
        using var key = isInKeyring ? Import(path, opener) : Derive(opener, Parameters(path, header));
        var clear = GC.AllocateUninitializedArray<byte>(Math.Max(body.Length - NonceLength - SealedFormat.TagLength, 0), pinned: true);
        try
        {
            if (body.Length < NonceLength + SealedFormat.TagLength || !Cipher.Decrypt(key, body.AsSpan(0, NonceLength), Encoding.ASCII.GetBytes(header), body.AsSpan(NonceLength), clear))
                throw isInKeyring
                    ? new SealingException(SealingFault.KeyringKeyWrong, $"The key in the keyring does not open {path}: it is another one, or the file was changed. Bring the keys back from a backup: ringfence keep restore FILE.")
                    : new SealingException(SealingFault.PassphraseWrong, $"The passphrase does not open {path}: it is another one, or the file was changed.");
            return KeepKeys.Import(clear);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    // What a process that was killed has left would hold the keys on, guarded as they were then.
    private static void RemoveDrafts(string path)
    {
        var begin = $"{Path.GetFullPath(path)}.";
        foreach (var draft in Directory.EnumerateFiles(Path.GetDirectoryName(begin)!, $"*{DraftEnd}"))
        {
            if (draft.Length != begin.Length + (2 * DraftBytes) + DraftEnd.Length || !draft.StartsWith(begin, StringComparison.Ordinal) || draft.AsSpan(begin.Length, 2 * DraftBytes).ContainsAnyExcept(HexDigits))
                continue;
            try
            {
                File.Delete(draft);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody else's.
            }
        }
    }

    private static string Encrypt(byte[] clear, SecretValue passphrase)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var header = string.Create(CultureInfo.InvariantCulture, $"{FirstLine}\n{Encrypted}{MemoryKiB} {Passes} {Convert.ToBase64String(salt)}\n");
        using var key = Derive(passphrase, (MemoryKiB, Passes, salt));
        return Encrypt(clear, header, key);
    }

    private static string Encrypt(byte[] clear, string path, KeyGuard.Keyring keyring)
    {
        using var key = Import(path, keyring.Key);
        return Encrypt(clear, $"{FirstLine}\n{InKeyring}{keyring.Entry}\n", key);
    }

    private static string Encrypt(byte[] clear, string header, Key key)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceLength);
        var body = Cipher.Encrypt(key, nonce, Encoding.ASCII.GetBytes(header), clear);
        return $"{header}{Keys}{Convert.ToBase64String([.. nonce, .. body])}\n";
    }

    private static Key Derive(SecretValue passphrase, (int Memory, int Passes, byte[] Salt) parameters)
    {
        var argon = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = parameters.Memory, NumberOfPasses = parameters.Passes });
        return argon.DeriveKey(passphrase.Reveal(), parameters.Salt, Cipher);
    }

    private static Key Import(string path, SecretValue text)
    {
        Key? key = null;
        return KeyringKey.TryUse(text, bytes => key = Key.Import(Cipher, bytes, KeyBlobFormat.RawSymmetricKey)) && key is not null
            ? key
            : throw new SealingException(SealingFault.KeyringKeyWrong, $"What the keyring holds for {path} is no key. Bring the keys back from a backup: ringfence keep restore FILE.");
    }

    private static string? EntryOf(string header) => header.Split('\n')[1] is var guard && guard.StartsWith(InKeyring, StringComparison.Ordinal) ? guard[InKeyring.Length..] : null;

    private static SealingException Missing(string path, string header) => EntryOf(header) is { } entry
        ? new SealingException(SealingFault.KeyringKeyMissing, $"The key that opens {path} lies in a keyring as {entry}, and was not given.")
        : new SealingException(SealingFault.PassphraseMissing, $"The keys in {path} are protected by a passphrase, and none was given.");

    private static (int Memory, int Passes, byte[] Salt) Parameters(string path, string header)
    {
        var words = header.Split('\n')[1][Encrypted.Length..].Split(' ');
        if (words.Length == 3
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var memory) && memory is >= 8 and <= MostMemoryKiB
            && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var passes) && passes is >= 1 and <= MostPasses
            && FromBase64(words[2]) is { Length: SaltLength } salt)
            return (memory, passes, salt);
        throw Malformed(path);
    }

    private static (string Header, byte[] Body) Parse(string path)
    {
        string text;
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MostBytes)
                throw Malformed(path);
            using var reader = new StreamReader(file, Encoding.ASCII);
            text = reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SealingException(SealingFault.NoKey, $"The key file {path} cannot be read: {e.Message}", e);
        }

        var lines = text.Split('\n');
        if (lines is [FirstLine, var protection, var keys, ""]
            && (protection == Plain || protection.StartsWith(Encrypted, StringComparison.Ordinal) || (protection.StartsWith(InKeyring, StringComparison.Ordinal) && KeyringKey.IsEntry(protection[InKeyring.Length..])))
            && keys.StartsWith(Keys, StringComparison.Ordinal)
            && FromBase64(keys[Keys.Length..]) is { } body)
            return ($"{FirstLine}\n{protection}\n", body);
        throw Malformed(path);
    }

    private static byte[]? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private static SealingException Malformed(string path) => new(SealingFault.Malformed, $"{path} is no key file of a keep, or it was damaged.");
}
