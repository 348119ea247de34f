using NSec.Cryptography;

namespace Ringfence.Sealing.Boxes;

/// <summary>
/// How a sealed value looks: version, key id, one-time public key, nonce, then what XChaCha20-Poly1305 makes of the value. The key comes from X25519 between the
/// one-time key and the receiver's, through HKDF-SHA256 (RFC 5869) over both public keys. The header and the place are authenticated.
/// </summary>
internal static class SealedFormat
{
    public const byte Version = 1;
    public const int NonceLength = 24;
    public const int HeaderLength = 1 + KeyId.Length + PublicLength + NonceLength;
    public const int PublicLength = 32;
    public const int TagLength = 16;

    public static readonly KeyAgreementAlgorithm Agreement = KeyAgreementAlgorithm.X25519;
    public static readonly AeadAlgorithm Cipher = AeadAlgorithm.XChaCha20Poly1305;

    public static Key Agree(Key own, PublicKey other, ReadOnlySpan<byte> oncePublic, ReadOnlySpan<byte> receiver)
    {
        using var shared = Agreement.Agree(own, other) ?? throw new SealingException(SealingFault.Malformed, "The one-time key of a sealed value is no key.");
        return KeyDerivationAlgorithm.HkdfSha256.DeriveKey(shared, [.. oncePublic, .. receiver], "ringfence seal 1"u8, Cipher);
    }

    public static byte[] Associated(ReadOnlySpan<byte> header, SealedPlace place) => [.. header, .. place.Encode()];
}
