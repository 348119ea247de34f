using System.Security.Cryptography;
using NSec.Cryptography;
using Ringfence.Primitives;

namespace Ringfence.Sealing.Boxes;

/// <summary>The private half of a sealing key, in memory that is guarded, not swapped and zeroed at the end (libsodium).</summary>
public sealed class SealingKey : IDisposable
{
    private readonly Key _key;

    private SealingKey(Key key) => (_key, Public) = (key, new SealingPublicKey(key.PublicKey));

    /// <summary>The half for everybody.</summary>
    public SealingPublicKey Public { get; }

    /// <summary>A new key.</summary>
    public static SealingKey Create() => new(Key.Create(SealedFormat.Agreement, Exportable));

    /// <summary>Opens what was sealed to this key for this place.</summary>
    /// <exception cref="SealingException">It does not open, and why.</exception>
    public SecretValue Open(ReadOnlySpan<byte> sealedBytes, SealedPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (sealedBytes.Length < SealedFormat.HeaderLength + SealedFormat.TagLength || sealedBytes[0] != SealedFormat.Version)
            throw new SealingException(SealingFault.Malformed, $"What is stored for {place.Name} is no sealed value.");
        var header = sealedBytes[..SealedFormat.HeaderLength];
        var id = KeyId.Read(header[1..]);
        if (id != Public.Id)
            throw new SealingException(SealingFault.OtherKey, $"{place.Name} is sealed to the key {id}; this keep has the key {Public.Id}.");
        var once = header.Slice(1 + KeyId.Length, SealedFormat.PublicLength);
        if (!PublicKey.TryImport(SealedFormat.Agreement, once, KeyBlobFormat.RawPublicKey, out var oncePublic) || oncePublic is null)
            throw new SealingException(SealingFault.Malformed, $"What is stored for {place.Name} is no sealed value.");

        using var key = SealedFormat.Agree(_key, oncePublic, once, Public.Bytes.Span);
        var clear = GC.AllocateUninitializedArray<byte>(sealedBytes.Length - SealedFormat.HeaderLength - SealedFormat.TagLength, pinned: true);
        try
        {
            if (!SealedFormat.Cipher.Decrypt(key, header[^SealedFormat.NonceLength..], SealedFormat.Associated(header, place), sealedBytes[SealedFormat.HeaderLength..], clear))
                throw new SealingException(SealingFault.Changed, $"{place.Name} does not open: its sealed value was changed, or moved here from another place or version.");
            return new SecretValue(clear);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    /// <summary>The key that a value was sealed to; null when it is no sealed value.</summary>
    public static KeyId? ReceiverOf(ReadOnlySpan<byte> sealedBytes) => sealedBytes.Length >= SealedFormat.HeaderLength ? KeyId.Read(sealedBytes[1..]) : null;

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => _key.Dispose();

    internal static KeyCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };

    internal static SealingKey Import(ReadOnlySpan<byte> bytes) => new(Key.Import(SealedFormat.Agreement, bytes, KeyBlobFormat.RawPrivateKey, Exportable));

    internal byte[] Export() => _key.Export(KeyBlobFormat.RawPrivateKey);
}
