using System.Collections.Frozen;

namespace Ringfence.Runner.Workspaces;

/// <summary>A job before the one that attaches.</summary>
/// <param name="Job">Its name in the workflow.</param>
/// <param name="Ancestors">All jobs before it, near and far. Two jobs of which neither is before the other are concurrent.</param>
public sealed record WorkspaceUpstream(string Job, FrozenSet<string> Ancestors);
