using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Primitives;

namespace Ringfence.Sealing.Ssh;

/// <summary>
/// Reads the private keys that ssh can use without asking anybody: OpenSSH's own format, and PEM files of RSA and ECDSA keys. Keys with a passphrase,
/// and those that are too weak, are refused with a sentence that says what to do (SSH-2, SSH-9).
/// </summary>
public static class SshKeyText
{
    /// <summary>Bytes of the longest private key that is taken.</summary>
    public const int MostBytes = 32 * 1024;

    private const string HowToRemovePassphrase = "Jobs cannot type it: take it away from a copy (ssh-keygen -p -f COPY), or let Ringfence make a key for this project alone (--generate).";

    /// <summary>Reads a private key.</summary>
    /// <param name="text">The text of its file; line ends may be of any kind.</param>
    /// <param name="key">Its public half.</param>
    /// <param name="tidy">The key as it is stored: the block itself, with the line ends that ssh wants. To be disposed.</param>
    /// <param name="whyNot">Otherwise, why it cannot be used. It repeats nothing of the text.</param>
    public static bool TryRead(SecretValue text, out SshPublicKey key, out SecretValue tidy, out string whyNot)
    {
        ArgumentNullException.ThrowIfNull(text);
        (key, tidy) = (null!, null!);
        var bytes = text.Reveal();
        whyNot = Obstacle(bytes);
        if (whyNot.Length > 0)
            return false;
        if (!PemEncoding.TryFindUtf8(bytes, out var fields))
        {
            whyNot = "That is no private key: a block from -----BEGIN … PRIVATE KEY----- to its END was expected, whole and unchanged.";
            return false;
        }

        var content = GC.AllocateUninitializedArray<byte>(fields.DecodedDataLength, pinned: true);
        try
        {
            if (Base64.DecodeFromUtf8(bytes[fields.Base64Data], content, out _, out var length) != System.Buffers.OperationStatus.Done || length != content.Length)
            {
                whyNot = "The private key is damaged: what stands between its first and last line is no Base64.";
                return false;
            }

            (var read, whyNot) = Read(Encoding.ASCII.GetString(bytes[fields.Label]), content);
            if (read is null)
                return false;
            (key, tidy) = (read, Tidy(bytes[fields.Location]));
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static string Obstacle(ReadOnlySpan<byte> text) => text switch
    {
        { Length: > MostBytes } => "That is longer than any private key.",
        _ when text.IndexOf("PuTTY-User-Key-File"u8) >= 0 => "That is a key of PuTTY, which ssh cannot read: export it as an OpenSSH key (puttygen KEY -O private-openssh).",
        _ when text.TrimStart(" \t\r\n"u8).StartsWith("ssh-"u8) || text.TrimStart(" \t\r\n"u8).StartsWith("ecdsa-"u8) || text.IndexOf("-----BEGIN SSH2 PUBLIC"u8) >= 0 =>
            "That is the public half of a key: the private half is the file without .pub.",
        // Older PEM files say it in the open, behind the first line.
        _ when text.IndexOf("Proc-Type: 4,ENCRYPTED"u8) >= 0 => $"The private key is protected by a passphrase. {HowToRemovePassphrase}",
        _ => "",
    };

    private static (SshPublicKey? Key, string WhyNot) Read(string label, ReadOnlySpan<byte> content)
    {
        try
        {
            return label switch
            {
                "OPENSSH PRIVATE KEY" => OpenSshKey.Read(content, HowToRemovePassphrase),
                "RSA PRIVATE KEY" => PemKey.ReadRsa(content, isPkcs8: false),
                "EC PRIVATE KEY" => PemKey.ReadEc(content, isPkcs8: false),
                "PRIVATE KEY" => PemKey.ReadPkcs8(content),
                "ENCRYPTED PRIVATE KEY" => (null, $"The private key is protected by a passphrase. {HowToRemovePassphrase}"),
                "DSA PRIVATE KEY" => (null, SshStrength.NoDsa),
                "PUBLIC KEY" or "RSA PUBLIC KEY" => (null, "That is the public half of a key: the private half is the file without .pub."),
                _ => (null, "That is no private key of SSH."),
            };
        }
        catch (CryptographicException)
        {
            return (null, "The private key is damaged, or of a kind that ssh cannot use.");
        }
    }

    /// <summary>ssh reads no key whose last line has no end, and none with line ends of Windows.</summary>
    private static SecretValue Tidy(ReadOnlySpan<byte> block)
    {
        var tidy = GC.AllocateUninitializedArray<byte>(block.Length + 1, pinned: true);
        try
        {
            var length = 0;
            foreach (var one in block)
            {
                if (one != '\r')
                    tidy[length++] = one;
            }

            tidy[length++] = (byte)'\n';
            return new SecretValue(tidy.AsSpan(0, length));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(tidy);
        }
    }
}
