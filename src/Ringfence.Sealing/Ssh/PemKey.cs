using System.Security.Cryptography;

namespace Ringfence.Sealing.Ssh;

/// <summary>The public halves of private keys in the formats of PKCS #1, SEC 1 and PKCS #8.</summary>
internal static class PemKey
{
    private const string NotForSsh = "The private key is of a kind that ssh cannot read from such a file: convert a copy to OpenSSH's format (ssh-keygen -p -f COPY).";

    public static (SshPublicKey? Key, string WhyNot) ReadRsa(ReadOnlySpan<byte> content, bool isPkcs8)
    {
        using var key = RSA.Create();
        if (isPkcs8)
            key.ImportPkcs8PrivateKey(content, out _);
        else
            key.ImportRSAPrivateKey(content, out _);
        if (SshStrength.WhyNoRsa(key.KeySize) is { Length: > 0 } weak)
            return (null, weak);
        var numbers = key.ExportParameters(includePrivateParameters: false);
        using var blob = new MemoryStream();
        SshWire.Write(blob, "ssh-rsa");
        SshWire.WriteInteger(blob, numbers.Exponent);
        SshWire.WriteInteger(blob, numbers.Modulus);
        return (new SshPublicKey("ssh-rsa", blob.ToArray()), "");
    }

    public static (SshPublicKey? Key, string WhyNot) ReadEc(ReadOnlySpan<byte> content, bool isPkcs8)
    {
        using var key = ECDsa.Create();
        if (isPkcs8)
            key.ImportPkcs8PrivateKey(content, out _);
        else
            key.ImportECPrivateKey(content, out _);
        var numbers = key.ExportParameters(includePrivateParameters: false);
        var curve = numbers.Curve.Oid.Value switch
        {
            "1.2.840.10045.3.1.7" => "nistp256",
            "1.3.132.0.34" => "nistp384",
            "1.3.132.0.35" => "nistp521",
            _ => null,
        };
        if (curve is null)
            return (null, NotForSsh);
        using var blob = new MemoryStream();
        SshWire.Write(blob, "ecdsa-sha2-" + curve);
        SshWire.Write(blob, curve);
        SshWire.Write(blob, [4, .. numbers.Q.X!, .. numbers.Q.Y!]);
        return (new SshPublicKey("ecdsa-sha2-" + curve, blob.ToArray()), "");
    }

    public static (SshPublicKey? Key, string WhyNot) ReadPkcs8(ReadOnlySpan<byte> content) => Try(ReadRsa, content) ?? Try(ReadEc, content) ?? (null, NotForSsh);

    private static (SshPublicKey? Key, string WhyNot)? Try(Reader read, ReadOnlySpan<byte> content)
    {
        try
        {
            return read(content, isPkcs8: true);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private delegate (SshPublicKey? Key, string WhyNot) Reader(ReadOnlySpan<byte> content, bool isPkcs8);
}
