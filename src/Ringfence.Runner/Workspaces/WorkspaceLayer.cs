using System.Collections.Immutable;
using Ringfence.Primitives;

namespace Ringfence.Runner.Workspaces;

/// <summary>What one <c>persist_to_workspace</c> step added. It never changes.</summary>
/// <param name="Author">Who added it.</param>
/// <param name="CreatedAt">When it was complete.</param>
/// <param name="ExpiresAt">When it is forgotten.</param>
/// <param name="Files">Files and links, relative to the step's <c>root</c>; not folders.</param>
/// <param name="Digest">The tar.</param>
/// <param name="Size">Bytes of the tar.</param>
/// <param name="StoredSize">Bytes on disk.</param>
public sealed record WorkspaceLayer(
    WorkspaceAuthor Author, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, ImmutableArray<string> Files, Digest Digest, long Size, long StoredSize)
{
    /// <summary>For each of the files what tells its content from another; empty for a layer of the first version, which did not have it.</summary>
    public ImmutableArray<string> Contents { get; init; } = [];
}
