namespace Ringfence.Runner.Blobs;

/// <summary>The part of an index file that says which blob it is about.</summary>
internal sealed record BlobReference
{
    public string? Digest { get; init; }
}
