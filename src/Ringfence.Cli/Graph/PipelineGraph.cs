using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Config.Filters;
using Ringfence.Config.Values;

namespace Ringfence.Cli.Graph;

/// <summary>All workflows of a pipeline, ready to be drawn, and those that do not run.</summary>
internal sealed record PipelineGraph(ImmutableArray<WorkflowGraph> Workflows, ImmutableArray<SkippedWorkflow> Skipped)
{
    /// <summary>The graph of a pipeline, or of one workflow of it.</summary>
    public static PipelineGraph Of(CompiledPipeline pipeline, PipelineValues values, string? workflow)
    {
        var drawn = pipeline.Workflows
            .Where(w => IsWanted(w.Name))
            .Select(w => WorkflowGraph.Of(w, JobSelection.Decide(w, values, pipeline.Parameters)));
        return new PipelineGraph([.. drawn], [.. pipeline.Skipped.Where(s => IsWanted(s.Name))]);

        bool IsWanted(string name) => workflow is null || string.Equals(name, workflow, StringComparison.Ordinal);
    }
}
