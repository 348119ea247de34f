using System.Security.Cryptography;
using Ringfence.Primitives;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Sealing.Keys;

/// <summary>The private keys of a keep: one opens sealed secrets, one signs its ledger, one makes fingerprints.</summary>
public sealed class KeepKeys : IDisposable
{
    private const int KeyLength = 32;

    private KeepKeys(SealingKey sealing, SigningKey signing, FingerprintKey fingerprints, SealingKey? earlier) => (Sealing, Signing, Fingerprints, Earlier) = (sealing, signing, fingerprints, earlier);

    /// <summary>Opens what was sealed to the keep.</summary>
    public SealingKey Sealing { get; }

    /// <summary>Signs what the keep records.</summary>
    public SigningKey Signing { get; }

    /// <summary>Makes fingerprints.</summary>
    public FingerprintKey Fingerprints { get; }

    /// <summary>While secrets are being sealed to a new key: the one that most of them are still sealed to; otherwise null.</summary>
    public SealingKey? Earlier { get; }

    /// <summary>New keys.</summary>
    public static KeepKeys Create() => new(SealingKey.Create(), SigningKey.Create(), FingerprintKey.Create(), null);

    /// <summary>Opens a sealed value with the key that it was sealed to.</summary>
    /// <exception cref="SealingException">It does not open, and why.</exception>
    public SecretValue Open(ReadOnlySpan<byte> sealedBytes, SealedPlace place) =>
        Earlier is not null && SealingKey.ReceiverOf(sealedBytes) == Earlier.Public.Id ? Earlier.Open(sealedBytes, place) : Sealing.Open(sealedBytes, place);

    /// <summary>The same signer and fingerprints with a new key for secrets; the one of now becomes the earlier one. It shares nothing with this, which stays usable.</summary>
    public KeepKeys WithNewSealingKey() => Copy((sealing, signing, fingerprints, earlier) =>
    {
        earlier?.Dispose();
        return new KeepKeys(SealingKey.Create(), signing, fingerprints, sealing);
    });

    /// <summary>The same without the earlier key.</summary>
    public KeepKeys WithoutEarlier() => Copy((sealing, signing, fingerprints, earlier) =>
    {
        earlier?.Dispose();
        return new KeepKeys(sealing, signing, fingerprints, null);
    });

    /// <summary>Zeroes the keys.</summary>
    public void Dispose()
    {
        Sealing.Dispose();
        Signing.Dispose();
        Fingerprints.Dispose();
        Earlier?.Dispose();
    }

    internal byte[] Export()
    {
        byte[][] parts = [Sealing.Export(), Signing.Export(), Fingerprints.Export(), Earlier?.Export() ?? []];
        var all = GC.AllocateUninitializedArray<byte>(parts.Sum(part => part.Length), pinned: true);
        var next = 0;
        foreach (var part in parts)
        {
            part.CopyTo(all, next);
            next += part.Length;
            CryptographicOperations.ZeroMemory(part);
        }

        return all;
    }

    internal static KeepKeys Import(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is not (3 * KeyLength or 4 * KeyLength))
            throw new SealingException(SealingFault.Malformed, "The key file holds no keys of this version.");
        try
        {
            return new KeepKeys(
                SealingKey.Import(bytes[..KeyLength]),
                SigningKey.Import(bytes.Slice(KeyLength, KeyLength)),
                FingerprintKey.Import(bytes.Slice(2 * KeyLength, KeyLength)),
                bytes.Length == 4 * KeyLength ? SealingKey.Import(bytes[(3 * KeyLength)..]) : null);
        }
        catch (FormatException e)
        {
            throw new SealingException(SealingFault.Malformed, "The key file holds no keys of this version.", e);
        }
    }

    private KeepKeys Copy(Func<SealingKey, SigningKey, FingerprintKey, SealingKey?, KeepKeys> make)
    {
        var bytes = Export();
        try
        {
            var copy = Import(bytes);
            return make(copy.Sealing, copy.Signing, copy.Fingerprints, copy.Earlier);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
