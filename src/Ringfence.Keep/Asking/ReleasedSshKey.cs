using System.Collections.Immutable;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Ssh;

namespace Ringfence.Keep.Asking;

/// <summary>An SSH key that was released to one attempt of one job.</summary>
/// <param name="Fingerprints">What configs know it by.</param>
/// <param name="Host">The only host that it is offered to; empty for every host.</param>
/// <param name="Value">The text of the private key.</param>
public sealed record ReleasedSshKey(SshFingerprints Fingerprints, string Host, SecretValue Value)
{
    internal static ImmutableArray<ReleasedSshKey> Of(Grant grant) =>
        [.. grant.SshKeys.Select(k => new ReleasedSshKey(new SshFingerprints(k.Md5, k.Sha256), k.Host, new SecretValue(k.Value.Span)))];
}
