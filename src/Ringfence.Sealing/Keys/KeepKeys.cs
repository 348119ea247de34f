using System.Security.Cryptography;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Sealing.Keys;

/// <summary>The private keys of a keep: one opens sealed secrets, one signs its ledger, one makes fingerprints.</summary>
public sealed class KeepKeys : IDisposable
{
    private const int KeyLength = 32;

    private KeepKeys(SealingKey sealing, SigningKey signing, FingerprintKey fingerprints) => (Sealing, Signing, Fingerprints) = (sealing, signing, fingerprints);

    /// <summary>Opens what was sealed to the keep.</summary>
    public SealingKey Sealing { get; }

    /// <summary>Signs what the keep records.</summary>
    public SigningKey Signing { get; }

    /// <summary>Makes fingerprints.</summary>
    public FingerprintKey Fingerprints { get; }

    /// <summary>New keys.</summary>
    public static KeepKeys Create() => new(SealingKey.Create(), SigningKey.Create(), FingerprintKey.Create());

    /// <summary>The same signer and fingerprints with a new key for secrets. It shares nothing with this one, which stays usable.</summary>
    public KeepKeys WithNewSealingKey()
    {
        var bytes = Export();
        try
        {
            var copy = Import(bytes);
            copy.Sealing.Dispose();
            return new KeepKeys(SealingKey.Create(), copy.Signing, copy.Fingerprints);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Zeroes the keys.</summary>
    public void Dispose()
    {
        Sealing.Dispose();
        Signing.Dispose();
        Fingerprints.Dispose();
    }

    internal byte[] Export()
    {
        var all = GC.AllocateUninitializedArray<byte>(3 * KeyLength, pinned: true);
        var next = 0;
        foreach (var part in (byte[][])[Sealing.Export(), Signing.Export(), Fingerprints.Export()])
        {
            part.CopyTo(all, next);
            CryptographicOperations.ZeroMemory(part);
            next += KeyLength;
        }

        return all;
    }

    internal static KeepKeys Import(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != 3 * KeyLength)
            throw new SealingException(SealingFault.Malformed, "The key file holds no keys of this version.");
        try
        {
            return new KeepKeys(SealingKey.Import(bytes[..KeyLength]), SigningKey.Import(bytes.Slice(KeyLength, KeyLength)), FingerprintKey.Import(bytes[(2 * KeyLength)..]));
        }
        catch (FormatException e)
        {
            throw new SealingException(SealingFault.Malformed, "The key file holds no keys of this version.", e);
        }
    }
}
