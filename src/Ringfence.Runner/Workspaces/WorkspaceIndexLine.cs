using System.Collections.Immutable;

namespace Ringfence.Runner.Workspaces;

/// <summary>The file that names a layer.</summary>
internal sealed record WorkspaceIndexLine(
    string Job, int NodeIndex, string Attempt, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string Digest, long Size, long StoredSize, ImmutableArray<string> Files,
    IReadOnlyList<string>? Contents = null);
