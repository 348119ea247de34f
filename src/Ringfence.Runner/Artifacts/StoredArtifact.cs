namespace Ringfence.Runner.Artifacts;

/// <summary>A file that a job left.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="NodeIndex">Which of the parallel runs, from 0.</param>
/// <param name="Path">The name that users know it by, with forward slashes.</param>
/// <param name="Size">Bytes.</param>
public sealed record StoredArtifact(string Job, int NodeIndex, string Path, long Size);
