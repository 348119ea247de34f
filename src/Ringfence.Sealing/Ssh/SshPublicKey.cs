namespace Ringfence.Sealing.Ssh;

/// <summary>The public half of an SSH key.</summary>
/// <param name="Type">Its kind, such as <c>ssh-ed25519</c>.</param>
/// <param name="Blob">The key as in RFC 4253, §6.6.</param>
public sealed record SshPublicKey(string Type, ReadOnlyMemory<byte> Blob)
{
    /// <summary>What people and configs know it by.</summary>
    public SshFingerprints Fingerprints => SshFingerprints.Of(Blob.Span);

    /// <summary>As it stands in <c>authorized_keys</c>, without a comment.</summary>
    public override string ToString() => $"{Type} {Convert.ToBase64String(Blob.Span)}";
}
