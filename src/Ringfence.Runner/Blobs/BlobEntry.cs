using Ringfence.Primitives;

namespace Ringfence.Runner.Blobs;

/// <summary>What the store has of one content.</summary>
/// <param name="Digest">The SHA-256 of the content, not of the compressed file.</param>
/// <param name="Size">Bytes of the content.</param>
/// <param name="StoredSize">Bytes on disk.</param>
public sealed record BlobEntry(Digest Digest, long Size, long StoredSize);
