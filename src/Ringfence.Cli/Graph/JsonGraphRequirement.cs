using System.Collections.Immutable;

namespace Ringfence.Cli.Graph;

/// <summary>A requirement in JSON.</summary>
internal sealed record JsonGraphRequirement(string Job, ImmutableArray<string> Statuses);
