using System.Diagnostics.CodeAnalysis;
using NSec.Cryptography;
using Ringfence.Sealing.Boxes;

namespace Ringfence.Sealing.Signatures;

/// <summary>Checks signatures of one signer (Ed25519, RFC 8032).</summary>
public sealed class VerifyingKey
{
    private readonly PublicKey _key;

    internal VerifyingKey(PublicKey key)
    {
        _key = key;
        Bytes = key.Export(KeyBlobFormat.RawPublicKey);
        Id = KeyId.Of(Bytes.Span);
    }

    /// <summary>Names the signer.</summary>
    public KeyId Id { get; }

    /// <summary>The 32 bytes of the key.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Reads the 32 bytes of a key.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out VerifyingKey? key)
    {
        key = PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out var raw) && raw is not null ? new VerifyingKey(raw) : null;
        return key is not null;
    }

    /// <summary>Whether the signer signed these bytes.</summary>
    public bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) => SignatureAlgorithm.Ed25519.Verify(_key, signed, signature);
}
