using System.Security.Cryptography;

namespace Ringfence.Sealing.Ssh;

/// <summary>The two names that people and configs know an SSH key by (EX-7.61).</summary>
/// <param name="Md5">Pairs of hexadecimal digits with colons between them.</param>
/// <param name="Sha256"><c>SHA256:</c> and unpadded Base64.</param>
public sealed record SshFingerprints(string Md5, string Sha256)
{
    private const string Md5Prefix = "MD5:";

    /// <summary>The fingerprints of a public key.</summary>
    /// <param name="blob">The key as it stands in its line, decoded.</param>
    public static SshFingerprints Of(ReadOnlySpan<byte> blob)
    {
#pragma warning disable CA5351 // The old form of a fingerprint, which configs name keys by. Nothing is secured by it: what is stored goes by SHA-256.
        var old = MD5.HashData(blob);
#pragma warning restore CA5351
        return new SshFingerprints(
            string.Join(':', old.Select(one => Convert.ToHexStringLower([one]))),
            "SHA256:" + Convert.ToBase64String(SHA256.HashData(blob)).TrimEnd('='));
    }

    /// <summary>The MD5 digits without their colons, as in the name of the key's file in a job.</summary>
    public string Digits => Md5.Replace(":", "", StringComparison.Ordinal);

    /// <summary>Whether a text of a config or a command line names this key, in either form.</summary>
    public bool AreNamedBy(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var given = text.Trim().TrimEnd('=');
        return string.Equals(given, Sha256, StringComparison.Ordinal)
            || string.Equals(given.StartsWith(Md5Prefix, StringComparison.OrdinalIgnoreCase) ? given[Md5Prefix.Length..] : given, Md5, StringComparison.OrdinalIgnoreCase);
    }
}
