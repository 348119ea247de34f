using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Config.Filters;

namespace Ringfence.Cli.Graph;

/// <summary>A workflow to be drawn: its jobs by stage, and within a stage in file order.</summary>
internal sealed record WorkflowGraph(string Name, bool IsScheduled, ImmutableArray<GraphNode> Nodes)
{
    /// <summary>The number of stages.</summary>
    public int Stages => Nodes.Length == 0 ? 0 : Nodes[^1].Stage;

    /// <summary>Makes the graph of a workflow whose jobs are decided.</summary>
    public static WorkflowGraph Of(CompiledWorkflow workflow, ImmutableArray<JobDecision> decisions)
    {
        var stages = JobStages.Of(workflow.Jobs);
        var matrices = workflow.Jobs
            .Where(j => j.Span.IsKnown)
            .GroupBy(j => j.Span)
            .Select(g => g.Where(j => j.Type is not (JobType.Lock or JobType.Unlock)).Select(j => j.Name).Distinct(StringComparer.Ordinal).ToImmutableArray())
            .Where(names => names.Length > 1)
            .Select(GraphMatrix.Of)
            .SelectMany(m => m.Members.Select(name => (name, m)))
            .DistinctBy(m => m.name)
            .ToDictionary(m => m.name, m => m.m, StringComparer.Ordinal);

        // The same job may stand in a workflow twice under one name; it runs if either does.
        var nodes = decisions
            .GroupBy(d => d.Job.Name, StringComparer.Ordinal)
            .Select(g => g.FirstOrDefault(d => d.Runs) ?? g.First())
            .Select(d => new GraphNode
            {
                Name = d.Job.Name,
                Type = d.Job.Type,
                Stage = stages[d.Job.Name],
                Requires = [.. d.Job.Requires.Where(r => stages.ContainsKey(r.Job))],
                Contexts = d.Job.Contexts,
                Matrix = d.Job.Group is null ? matrices.GetValueOrDefault(d.Job.Name) : null,
                SerialKey = d.Job.SerialKey,
                Runs = d.Runs,
                Reason = d.Reason,
            });
        return new WorkflowGraph(workflow.Name, workflow.IsScheduled, [.. nodes.OrderBy(n => n.Stage)]);
    }
}
