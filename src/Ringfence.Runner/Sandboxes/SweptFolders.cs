using System.Collections.Immutable;

namespace Ringfence.Runner.Sandboxes;

/// <summary>What came of removing the folders of killed runs.</summary>
/// <param name="Removed">What has gone, such as <c>folder of the run 0123</c>.</param>
/// <param name="Left">What could not be removed, and why.</param>
public sealed record SweptFolders(ImmutableArray<string> Removed, ImmutableArray<string> Left);
