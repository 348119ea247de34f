using System.Globalization;
using System.Net;
using System.Text;
using Ringfence.Cli.Output;
using Ringfence.Config.Compilation;

namespace Ringfence.Cli.Graph;

/// <summary>Draws workflows as one SVG that needs nothing else: no scripts, no fonts, no links; it follows the reader's light or dark setting.</summary>
internal sealed class SvgGraph
{
    private const double Margin = 24;
    private const double TitleHeight = 40;
    private const double WorkflowGap = 36;
    private const double Padding = 14;
    private const double TextTop = 22;
    private const double LineHeight = 16;
    private const int MostNameLetters = 44;
    private const int MostDetailLetters = 44;
    private const int MostReasonLines = 3;

    private const string Styles = """
        <style>
          :root { color-scheme: light dark; }
          .page { fill: #ffffff; } .card { fill: #f6f8fa; stroke: #d0d7de; }
          .title { font: 600 16px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328; }
          .sub { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #59636e; }
          .name { font: 600 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328; }
          .detail { font: 11px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #59636e; }
          .job { fill: #ffffff; stroke: #8c959f; } .bar { fill: #1a7f37; }
          .approval .job { fill: #fff8e5; stroke: #bf8700; } .approval .bar { fill: #bf8700; }
          .aside .bar { fill: #6e7781; }
          .idle .job { fill: none; stroke-dasharray: 5 4; } .idle .bar { fill: none; } .idle .name { fill: #59636e; }
          .edge { fill: none; stroke: #8c959f; stroke-width: 1.4; } .head { fill: #8c959f; }
          .other { stroke: #cf222e; stroke-dasharray: 5 3; } .otherhead { fill: #cf222e; }
          .outcome { font: 600 11px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #cf222e; paint-order: stroke; stroke: #f6f8fa; stroke-width: 4px; }
          .faded { opacity: 0.45; }
          @media (prefers-color-scheme: dark) {
            .page { fill: #0d1117; } .card { fill: #151b23; stroke: #3d444d; }
            .title, .name { fill: #f0f6fc; } .sub, .detail, .idle .name { fill: #9198a1; }
            .job { fill: #212830; stroke: #656c76; } .bar { fill: #3fb950; }
            .approval .job { fill: #2b2413; stroke: #d29922; } .approval .bar { fill: #d29922; }
            .edge { stroke: #656c76; } .head { fill: #656c76; }
            .other { stroke: #f85149; } .otherhead { fill: #f85149; } .outcome { fill: #ff7b72; stroke: #151b23; }
          }
        </style>
        """;

    private readonly StringBuilder _body = new();
    private double _width;
    private double _y = Margin;

    /// <summary>The whole SVG document.</summary>
    public static string Write(PipelineGraph graph)
    {
        var svg = new SvgGraph();
        foreach (var workflow in graph.Workflows)
            svg.DrawWorkflow(workflow);
        foreach (var skipped in graph.Skipped)
            svg.DrawSkipped(skipped);
        if (graph.Workflows.Length + graph.Skipped.Length == 0)
            svg.Text("title", Margin, svg._y + TextTop, "No workflows");
        return svg.Whole();
    }

    private string Whole()
    {
        var (width, height) = (Math.Max(_width + Margin, 320), Math.Max(_y - WorkflowGap + Margin, 80));
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width:0}" height="{height:0}" viewBox="0 0 {width:0} {height:0}" role="img">
            {Styles}
            <defs>
              <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto" markerUnits="userSpaceOnUse"><path class="head" d="M0 0L8 4L0 8z"/></marker>
              <marker id="otherarrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto" markerUnits="userSpaceOnUse"><path class="otherhead" d="M0 0L8 4L0 8z"/></marker>
            </defs>
            <rect class="page" width="100%" height="100%"/>
            {_body}</svg>

            """);
    }

    private void DrawWorkflow(WorkflowGraph workflow)
    {
        var layout = WorkflowLayout.Of(workflow, SizeOf, OutcomeRoom);
        var cardWidth = Math.Max(layout.Width + (2 * Margin), TextWidth(workflow.Name, 16) + (2 * Margin));
        Open($"translate({Margin:0} {_y:0})");
        Rectangle("card", 0, 0, cardWidth, layout.Height + TitleHeight + (2 * Margin), 10);
        Text("title", Margin, 30, workflow.Name);
        if (workflow.IsScheduled)
            Text("sub", Margin + TextWidth(workflow.Name, 17) + 12, 30, "runs on a schedule");
        Open($"translate({Margin:0} {TitleHeight + Margin - 8:0})");
        foreach (var edge in layout.Edges)
            DrawEdge(edge);
        foreach (var box in layout.Boxes)
            DrawJob(box, box.Node!);
        foreach (var edge in layout.Edges)
            DrawOutcome(edge);
        Close();
        Close();
        _width = Math.Max(_width, Margin + cardWidth);
        _y += layout.Height + TitleHeight + (2 * Margin) + WorkflowGap;
    }

    private void DrawSkipped(SkippedWorkflow skipped)
    {
        var reason = "does not run: " + skipped.Reason;
        Text("title", Margin + 4, _y + TextTop, skipped.Name);
        Text("sub", Margin + 4, _y + TextTop + LineHeight + 4, reason);
        _width = Math.Max(_width, Margin + TextWidth(reason, 13));
        _y += TextTop + (2 * LineHeight) + WorkflowGap;
    }

    private void DrawJob(LayoutBox box, GraphNode node)
    {
        var kind = node.Type switch { JobType.Approval => "approval", JobType.Build => "build", _ => "aside" };
        var name = DisplayText.Escape(node.Name);
        _body.Append(CultureInfo.InvariantCulture, $"<g class=\"{kind}{(node.Runs ? "" : " idle")}\"><title>{Encode(Description(node))}</title>\n");
        Rectangle("job", box.X, box.Y, box.Width, box.Height, 7);
        Rectangle("bar", box.X, box.Y + 6, 3, box.Height - 12, 1.5);
        Text("name", box.X + Padding, box.Y + TextTop, Shorten(name, MostNameLetters));
        var line = box.Y + TextTop;
        foreach (var detail in Details(node))
            Text("detail", box.X + Padding, line += LineHeight, detail);
        Close();
    }

    private void DrawEdge(LayoutEdge edge)
    {
        var isOther = RequirementText.Outcomes(edge.Requirement).Length > 0;
        var faded = edge.Path[0].Node!.Runs && edge.Path[^1].Node!.Runs ? "" : " faded";
        var path = new StringBuilder();
        for (var i = 1; i < edge.Path.Length; i++)
        {
            var (from, to) = (edge.Path[i - 1], edge.Path[i]);
            var (x1, y1, x2, y2) = (from.Right, from.Middle, to.X, to.Middle);
            var bend = Math.Max(20, (x2 - x1) / 2);
            path.Append(CultureInfo.InvariantCulture, $"{(i == 1 ? "M" : "L")}{x1:0.#} {y1:0.#}C{x1 + bend:0.#} {y1:0.#} {x2 - bend:0.#} {y2:0.#} {x2:0.#} {y2:0.#}");
        }

        _body.Append(CultureInfo.InvariantCulture, $"<path class=\"edge{(isOther ? " other" : "")}{faded}\" marker-end=\"url(#{(isOther ? "otherarrow" : "arrow")})\" d=\"{path}\"/>\n");
    }

    private void DrawOutcome(LayoutEdge edge)
    {
        if (RequirementText.Outcomes(edge.Requirement) is not { Length: > 0 } outcomes)
            return;

        var to = edge.Path[^1];
        var from = edge.Path[^2];
        var x = ((from.Right + to.X) / 2) - (TextWidth(outcomes, 11) / 2);
        Text("outcome", x, ((from.Middle + to.Middle) / 2) - 5, outcomes);
    }

    private static (double Width, double Height) SizeOf(GraphNode node)
    {
        var details = Details(node).Select(d => TextWidth(d, 11));
        var width = details.Append(TextWidth(Shorten(DisplayText.Escape(node.Name), MostNameLetters), 13.6)).Max() + (2 * Padding);
        return (Math.Max(width, 90), 34 + (LineHeight * Details(node).Count()));
    }

    private static IEnumerable<string> Details(GraphNode node)
    {
        var facts = string.Join(" · ", new[] { node.TypeWord, node.SerialKey is { } key ? $"serial {key}" : "" }.Where(f => f.Length > 0));
        if (facts.Length > 0)
            yield return DisplayText.Escape(facts);
        if (node.Contexts.Length > 0)
            yield return Shorten(DisplayText.Escape("context " + string.Join(", ", node.Contexts)), MostDetailLetters);
        if (node.Runs)
            yield break;
        foreach (var line in Wrap(DisplayText.Escape("does not run: " + node.Reason)))
            yield return line;
    }

    private static IEnumerable<string> Wrap(string text)
    {
        var line = "";
        var lines = 1;
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > MostDetailLetters)
            {
                if (lines++ == MostReasonLines)
                {
                    yield return line + " …";
                    yield break;
                }

                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        yield return Shorten(line, MostDetailLetters);
    }

    private static double OutcomeRoom(Requirement requirement) =>
        RequirementText.Outcomes(requirement) is { Length: > 0 } outcomes ? TextWidth(outcomes, 11) + 30 : 0;

    private static string Description(GraphNode node)
    {
        string[] lines =
        [
            node.Name,
            node.TypeWord,
            node.Matrix is { } matrix ? $"matrix {matrix.Label}" : "",
            node.Contexts.Length > 0 ? $"context {string.Join(", ", node.Contexts)}" : "",
            node.Runs ? "" : $"does not run: {node.Reason}",
        ];
        return string.Join("\n", lines.Where(l => l.Length > 0).Select(DisplayText.Escape));
    }

    private void Text(string kind, double x, double y, string text) =>
        _body.Append(CultureInfo.InvariantCulture, $"<text class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\">{Encode(DisplayText.Escape(text))}</text>\n");

    private void Rectangle(string kind, double x, double y, double width, double height, double radius) =>
        _body.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" rx=\"{radius:0.#}\"/>\n");

    private void Open(FormattableString transform) =>
        _body.Append("<g transform=\"").Append(transform.ToString(CultureInfo.InvariantCulture)).Append("\">\n");

    private void Close() => _body.Append("</g>\n");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Shorten(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    /// <summary>A guess that is rather too wide: nobody knows the reader's font.</summary>
    private static double TextWidth(string text, double size)
    {
        var width = 0.0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += rune.Value switch
            {
                'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or '\'' or '|' or '!' => 0.34,
                'f' or 't' or 'r' or '-' or '/' or ' ' or '(' or ')' => 0.42,
                'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.98,
                >= 'A' and <= 'Z' => 0.74,
                < 0x250 => 0.64,
                _ => DisplayText.Width(rune.ToString()) * 0.62,
            };
        }

        return width * size;
    }
}
