using Ringfence.Primitives;
using Ringfence.Sealing.Ssh;

namespace Ringfence.Runner.Secrets;

/// <summary>An additional SSH key of the project that was granted to one attempt of one job. It lies nowhere until a step installs it (EX-7.61).</summary>
/// <param name="Fingerprints">What configs know it by.</param>
/// <param name="Host">The only host that it is offered to; empty for every host.</param>
/// <param name="Value">The text of the private key, which belongs to whoever made this.</param>
public sealed record JobSshKey(SshFingerprints Fingerprints, string Host, SecretValue Value)
{
    /// <summary>What people see where its text was caught.</summary>
    public string Name => $"SSH key {Fingerprints.Sha256}";
}
