using System.Collections.Immutable;

namespace Ringfence.Cli.Run.Views;

/// <summary>A job of a workflow that begins, as programs read it.</summary>
internal sealed record JsonPlannedJob(string Name, string Type, ImmutableArray<string> Requires, int Nodes);
