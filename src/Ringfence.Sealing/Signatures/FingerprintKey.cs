using NSec.Cryptography;
using Ringfence.Primitives;

namespace Ringfence.Sealing.Signatures;

/// <summary>Makes fingerprints that tell whether two secrets are the same, and nothing else to who has not this key (ENV-9).</summary>
public sealed class FingerprintKey : IDisposable
{
    private const int Shown = 12;

    private readonly Key _key;

    private FingerprintKey(Key key) => _key = key;

    /// <summary>A new key.</summary>
    public static FingerprintKey Create() => new(Key.Create(MacAlgorithm.HmacSha256, Boxes.SealingKey.Exportable));

    /// <summary>The fingerprint of a secret: 24 hex digits.</summary>
    public string Of(SecretValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Convert.ToHexStringLower(MacAlgorithm.HmacSha256.Mac(_key, value.Reveal()).AsSpan(0, Shown));
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => _key.Dispose();

    internal static FingerprintKey Import(ReadOnlySpan<byte> bytes) => new(Key.Import(MacAlgorithm.HmacSha256, bytes, KeyBlobFormat.RawSymmetricKey, Boxes.SealingKey.Exportable));

    internal byte[] Export() => _key.Export(KeyBlobFormat.RawSymmetricKey);
}
