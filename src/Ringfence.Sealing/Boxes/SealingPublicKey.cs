using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NSec.Cryptography;
using Ringfence.Primitives;

namespace Ringfence.Sealing.Boxes;

/// <summary>The half of a sealing key that anybody may have: it seals and cannot open.</summary>
public sealed class SealingPublicKey
{
    private readonly PublicKey _key;

    internal SealingPublicKey(PublicKey key)
    {
        _key = key;
        Bytes = key.Export(KeyBlobFormat.RawPublicKey);
        Id = KeyId.Of(Bytes.Span);
    }

    /// <summary>Names the key.</summary>
    public KeyId Id { get; }

    /// <summary>The 32 bytes of the key.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Reads the 32 bytes of a key.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SealingPublicKey? key)
    {
        key = PublicKey.TryImport(KeyAgreementAlgorithm.X25519, bytes, KeyBlobFormat.RawPublicKey, out var raw) && raw is not null ? new SealingPublicKey(raw) : null;
        return key is not null;
    }

    /// <summary>Seals a secret so that only the holder of the private key opens it, and only at this place.</summary>
    public byte[] Seal(SecretValue value, SealedPlace place)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Seal(value.Reveal(), place);
    }

    /// <summary>Seals some bytes. The caller SHOULD zero them.</summary>
    public byte[] Seal(ReadOnlySpan<byte> clear, SealedPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        using var once = Key.Create(SealedFormat.Agreement);
        var oncePublic = once.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        using var key = SealedFormat.Agree(once, _key, oncePublic, Bytes.Span);
        var header = new byte[SealedFormat.HeaderLength];
        header[0] = SealedFormat.Version;
        Id.Bytes.CopyTo(header.AsSpan(1));
        oncePublic.CopyTo(header, 1 + KeyId.Length);
        RandomNumberGenerator.Fill(header.AsSpan(header.Length - SealedFormat.NonceLength));
        var body = SealedFormat.Cipher.Encrypt(key, header.AsSpan(header.Length - SealedFormat.NonceLength), SealedFormat.Associated(header, place), clear);
        return [.. header, .. body];
    }
}
