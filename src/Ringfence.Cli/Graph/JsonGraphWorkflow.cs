using System.Collections.Immutable;

namespace Ringfence.Cli.Graph;

/// <summary>A workflow in JSON.</summary>
internal sealed record JsonGraphWorkflow(string Name, bool Scheduled, ImmutableArray<JsonGraphJob> Jobs);
