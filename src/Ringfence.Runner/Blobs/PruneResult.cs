namespace Ringfence.Runner.Blobs;

/// <summary>What a clean-up of the stores removed.</summary>
/// <param name="Caches">Caches that had expired or whose content was missing.</param>
/// <param name="WorkspaceLayers">Layers that had expired or whose content was missing.</param>
/// <param name="DamagedBlobs">Contents that were not what they should be.</param>
/// <param name="FreedBytes">Bytes on disk that nothing named any more; damaged contents are not counted.</param>
public sealed record PruneResult(int Caches, int WorkspaceLayers, int DamagedBlobs, long FreedBytes);
