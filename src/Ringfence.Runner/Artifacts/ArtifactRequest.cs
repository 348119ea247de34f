namespace Ringfence.Runner.Artifacts;

/// <summary>One <c>store_artifacts</c> step.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="NodeIndex">Which of the parallel runs, from 0.</param>
/// <param name="Path">The step's <c>path</c>, as <see cref="ArtifactPath.Resolved"/> gives it.</param>
/// <param name="Destination">The step's <c>destination</c>, or null.</param>
/// <param name="IsFile">Whether the path is one file: the tar then has that file alone. Otherwise names in the tar are relative to the path.</param>
public sealed record ArtifactRequest(string Job, int NodeIndex, string Path, string? Destination, bool IsFile);
