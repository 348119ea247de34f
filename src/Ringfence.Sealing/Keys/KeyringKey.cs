using System.Security.Cryptography;
using Ringfence.Primitives;

namespace Ringfence.Sealing.Keys;

/// <summary>The key that lies in a keyring and opens a file of keys: 32 random bytes in Base64, since keyrings hold text.</summary>
public static class KeyringKey
{
    private const int Length = 32;
    private const int EntryLength = 16;

    /// <summary>A new key.</summary>
    public static SecretValue Create()
    {
        var bytes = GC.AllocateUninitializedArray<byte>(Length, pinned: true);
        RandomNumberGenerator.Fill(bytes);
        Span<byte> text = stackalloc byte[4 * ((Length + 2) / 3)];
        try
        {
            System.Buffers.Text.Base64.EncodeToUtf8(bytes, text, out _, out _);
            return new SecretValue(text);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <summary>A name for a new key that no other key has.</summary>
    public static string NewEntry() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(EntryLength));

    /// <summary>Whether this is such a name.</summary>
    internal static bool IsEntry(string name) => name.Length == 2 * EntryLength && name.All(char.IsAsciiHexDigitLower);

    /// <summary>Gives the bytes of a key to something that takes them; false when it is no key.</summary>
    internal static bool TryUse(SecretValue key, Action<ReadOnlySpan<byte>> use)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(Length + 2, pinned: true);
        try
        {
            if (System.Buffers.Text.Base64.DecodeFromUtf8(key.Reveal(), bytes, out _, out var written) != System.Buffers.OperationStatus.Done || written != Length)
                return false;
            use(bytes.AsSpan(0, Length));
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
