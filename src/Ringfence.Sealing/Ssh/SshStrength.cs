using System.Globalization;

namespace Ringfence.Sealing.Ssh;

/// <summary>Which keys are too weak to be kept (SSH-9).</summary>
internal static class SshStrength
{
    /// <summary>Bits of the shortest RSA key that is taken.</summary>
    public const int ShortestRsa = 3072;

    public const string NoDsa = "DSA keys are refused: ssh itself no longer uses them. Make an Ed25519 key (--generate).";

    /// <summary>Why an RSA key is refused; empty when it is not.</summary>
    public static string WhyNoRsa(int bits) => bits >= ShortestRsa
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"The RSA key has {bits} bits; at least {ShortestRsa} are taken. Make an Ed25519 key (--generate).");
}
