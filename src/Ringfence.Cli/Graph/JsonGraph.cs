using System.Collections.Immutable;

namespace Ringfence.Cli.Graph;

/// <summary>What <c>config graph --format json</c> prints.</summary>
internal sealed record JsonGraph(ImmutableArray<JsonGraphWorkflow> Workflows, ImmutableArray<JsonGraphSkipped> Skipped)
{
    /// <summary>The JSON form of a graph.</summary>
    public static JsonGraph Of(PipelineGraph graph) => new(
        [.. graph.Workflows.Select(w => new JsonGraphWorkflow(w.Name, w.IsScheduled, [.. w.Nodes.Select(JsonGraphJob.Of)]))],
        [.. graph.Skipped.Select(s => new JsonGraphSkipped(s.Name, s.Reason))]);
}
