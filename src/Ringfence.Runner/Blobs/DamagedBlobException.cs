using Ringfence.Primitives;

namespace Ringfence.Runner.Blobs;

/// <summary>A blob is missing, half written or changed. Nothing of it is used.</summary>
public sealed class DamagedBlobException : StoreException
{
    internal DamagedBlobException(Digest digest, string what, Exception? inner = null)
        : base($"The stored content {digest} {what}; it is not used. Run 'ringfence cache prune' to clear it away.", inner!) => Digest = digest;

    /// <summary>The content that was asked for.</summary>
    public Digest Digest { get; }
}
