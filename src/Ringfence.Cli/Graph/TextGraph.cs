using System.Globalization;
using Ringfence.Cli.Output;
using Ringfence.Config.Compilation;

namespace Ringfence.Cli.Graph;

/// <summary>Draws workflows with letters: a block for each stage, a line for each job, and beside it what it waits for.</summary>
internal sealed class TextGraph
{
    private const int WidestName = 48;

    private readonly StyledText _text = new();
    private readonly OutputTraits _traits;
    private readonly GraphSymbols _symbols;

    private TextGraph(OutputTraits traits)
    {
        _traits = traits;
        _symbols = traits.Unicode ? GraphSymbols.Unicode : GraphSymbols.Ascii;
    }

    /// <summary>Draws all workflows.</summary>
    public static StyledText Draw(PipelineGraph graph, OutputTraits traits)
    {
        var drawing = new TextGraph(traits);
        foreach (var workflow in graph.Workflows)
            drawing.DrawWorkflow(workflow);
        foreach (var skipped in graph.Skipped)
        {
            drawing._text.Add(DisplayText.Escape(skipped.Name), Tone.Strong).Add("  does not run", Tone.Warning).EndLine();
            drawing._text.Line("  " + DisplayText.Escape(skipped.Reason)).Line();
        }

        if (graph.Workflows.Length + graph.Skipped.Length == 0)
            drawing._text.Line("No workflows.");
        return drawing._text;
    }

    private void DrawWorkflow(WorkflowGraph workflow)
    {
        _text.Add(DisplayText.Escape(workflow.Name), Tone.Strong).Add("  " + Summary(workflow), Tone.Faint).EndLine().Line();
        var byName = workflow.Nodes.ToDictionary(n => n.Name, StringComparer.Ordinal);
        var nameWidth = Math.Min(WidestName, workflow.Nodes.Select(n => DisplayText.Width(DisplayText.Escape(n.Name))).DefaultIfEmpty().Max());
        var stageWidth = workflow.Stages.ToString(CultureInfo.InvariantCulture).Length + 1;
        foreach (var stage in workflow.Nodes.GroupBy(n => n.Stage))
        {
            var nodes = stage.ToArray();
            for (var i = 0; i < nodes.Length; i++)
            {
                var connector = (nodes.Length, i) switch
                {
                    (1, _) => _symbols.Only,
                    (_, 0) => _symbols.First,
                    _ => i == nodes.Length - 1 ? _symbols.Last : _symbols.Middle,
                };
                var number = i == 0 ? stage.Key.ToString(CultureInfo.InvariantCulture) : "";
                var below = i < nodes.Length - 1 ? _symbols.Through : " ";
                _text.Add(number.PadLeft(stageWidth) + " " + connector + " ", Tone.Frame);
                DrawNode(nodes[i], RequirementText.Of(nodes[i], byName), nameWidth, new string(' ', stageWidth + 1) + below);
            }

            if (stage.Key < workflow.Stages)
                _text.Line(new string(' ', stageWidth + 1) + _symbols.Next, Tone.Frame);
        }

        _text.Line();
    }

    private void DrawNode(GraphNode node, IReadOnlyList<string> requires, int nameWidth, string below)
    {
        var name = DisplayText.Escape(node.Name);
        var (symbol, tone) = node switch
        {
            { Runs: false } => (_symbols.Skipped, Tone.Faint),
            { Type: JobType.Approval } => (_symbols.Waits, Tone.Warning),
            _ => (_symbols.Runs, Tone.Good),
        };
        _text.Add(symbol + " ", tone).Add(name, node.Runs ? Tone.Plain : Tone.Faint);

        var notes = Notes(node);
        var column = below.Length + 5 + nameWidth;
        var padding = new string(' ', Math.Max(0, nameWidth - DisplayText.Width(name)) + 2);
        if (requires.Count > 0)
        {
            _text.Add(padding + _symbols.From + " ", Tone.Frame);
            DrawRequirements(requires, below, column + 2 + _symbols.From.Length);
            if (notes.Length > 0)
                _text.Add($"  {_symbols.Dot} {notes}", Tone.Faint);
        }
        else if (notes.Length > 0)
        {
            _text.Add($"{padding}{_symbols.Dot} {notes}", Tone.Faint);
        }

        _text.EndLine();
        if (!node.Runs)
            _text.Add(below, Tone.Frame).Add("     does not run: ", Tone.Warning).Add(DisplayText.Escape(node.Reason)).EndLine();
    }

    private void DrawRequirements(IReadOnlyList<string> requires, string below, int column)
    {
        var used = column;
        for (var i = 0; i < requires.Count; i++)
        {
            var item = DisplayText.Escape(requires[i]) + (i < requires.Count - 1 ? ", " : "");
            var width = DisplayText.Width(item);
            if (i > 0 && used + width > _traits.Width)
            {
                _text.EndLine().Add(below + new string(' ', column - below.Length), Tone.Frame);
                used = column;
            }

            _text.Add(item);
            used += width;
        }
    }

    private static string Notes(GraphNode node)
    {
        var notes = new List<string>();
        if (node.TypeWord.Length > 0)
            notes.Add(node.TypeWord);
        if (node.Matrix is { } matrix)
            notes.Add($"matrix {matrix.Label}");
        if (node.Contexts.Length > 0)
            notes.Add($"context {string.Join(", ", node.Contexts)}");
        if (node.SerialKey is { } key)
            notes.Add($"serial {key}");
        return DisplayText.Escape(string.Join("; ", notes));
    }

    private static string Summary(WorkflowGraph workflow)
    {
        var idle = workflow.Nodes.Count(n => !n.Runs);
        var text = $"{Count(workflow.Nodes.Length, "job")} in {Count(workflow.Stages, "stage")}";
        if (workflow.IsScheduled)
            text += ", scheduled";
        return idle == 0 ? text : text + string.Create(CultureInfo.InvariantCulture, $", {idle} {(idle == 1 ? "does" : "do")} not run");
    }

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
