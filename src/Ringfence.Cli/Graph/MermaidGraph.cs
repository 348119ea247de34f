using System.Globalization;
using System.Text;
using Ringfence.Cli.Output;
using Ringfence.Config.Compilation;

namespace Ringfence.Cli.Graph;

/// <summary>Writes workflows as a Mermaid flowchart, which GitHub and many wikis draw.</summary>
internal static class MermaidGraph
{
    /// <summary>The flowchart; each workflow is a subgraph.</summary>
    public static string Write(PipelineGraph graph)
    {
        var text = new StringBuilder("flowchart LR\n");
        for (var w = 0; w < graph.Workflows.Length; w++)
            WriteWorkflow(graph.Workflows[w], w, text);
        for (var s = 0; s < graph.Skipped.Length; s++)
        {
            var skipped = graph.Skipped[s];
            text.Append(CultureInfo.InvariantCulture, $"  s{s}[\"{Label(skipped.Name)}<br/>does not run: {Label(skipped.Reason)}\"]:::idle\n");
        }

        return text.Append("  classDef idle stroke-dasharray: 4 3,opacity: 0.6\n").ToString();
    }

    private static void WriteWorkflow(WorkflowGraph workflow, int number, StringBuilder text)
    {
        var ids = workflow.Nodes.Select((node, i) => (node.Name, Id: string.Create(CultureInfo.InvariantCulture, $"w{number}j{i}")))
            .ToDictionary(n => n.Name, n => n.Id, StringComparer.Ordinal);
        text.Append(CultureInfo.InvariantCulture, $"  subgraph w{number}[\"{Label(workflow.Name)}\"]\n");
        foreach (var node in workflow.Nodes)
        {
            var label = Label(node.Name) + (node.TypeWord.Length > 0 ? $"<br/>{node.TypeWord}" : "") + (node.Runs ? "" : $"<br/>does not run: {Label(node.Reason)}");
            var (open, close) = node.Type == JobType.Approval ? ("{{", "}}") : ("[", "]");
            text.Append("    ").Append(ids[node.Name]).Append(open).Append('"').Append(label).Append('"').Append(close).Append(node.Runs ? "\n" : ":::idle\n");
        }

        foreach (var node in workflow.Nodes)
        {
            foreach (var requirement in node.Requires)
            {
                var outcomes = RequirementText.Outcomes(requirement);
                var arrow = outcomes.Length == 0 ? "-->" : $"-. \"{outcomes}\" .->";
                text.Append(CultureInfo.InvariantCulture, $"    {ids[requirement.Job]} {arrow} {ids[node.Name]}\n");
            }
        }

        text.Append("  end\n");
    }

    // Mermaid reads entities in labels; a bare quote would end the label, and a bare tag would be drawn as HTML.
    private static string Label(string text) => DisplayText.Escape(text)
        .Replace("#", "#35;", StringComparison.Ordinal)
        .Replace("&", "#amp;", StringComparison.Ordinal)
        .Replace("\"", "#quot;", StringComparison.Ordinal)
        .Replace("<", "#lt;", StringComparison.Ordinal)
        .Replace(">", "#gt;", StringComparison.Ordinal);
}
