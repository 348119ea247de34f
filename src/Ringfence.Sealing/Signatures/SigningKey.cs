using NSec.Cryptography;

namespace Ringfence.Sealing.Signatures;

/// <summary>Signs (Ed25519, RFC 8032). The key lies in guarded memory and is zeroed at the end.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly Key _key;

    private SigningKey(Key key) => (_key, Public) = (key, new VerifyingKey(key.PublicKey));

    /// <summary>The half for everybody.</summary>
    public VerifyingKey Public { get; }

    /// <summary>A new key.</summary>
    public static SigningKey Create() => new(Key.Create(SignatureAlgorithm.Ed25519, Boxes.SealingKey.Exportable));

    /// <summary>The 64 bytes of a signature.</summary>
    public byte[] Sign(ReadOnlySpan<byte> bytes) => SignatureAlgorithm.Ed25519.Sign(_key, bytes);

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => _key.Dispose();

    internal static SigningKey Import(ReadOnlySpan<byte> bytes) => new(Key.Import(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPrivateKey, Boxes.SealingKey.Exportable));

    internal byte[] Export() => _key.Export(KeyBlobFormat.RawPrivateKey);
}
