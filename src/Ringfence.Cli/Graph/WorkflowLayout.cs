using System.Collections.Immutable;
using Ringfence.Config.Compilation;

namespace Ringfence.Cli.Graph;

/// <summary>
/// Places the jobs of a workflow in columns, a stage each, such that few lines cross: edges over several stages get a place in each,
/// columns are ordered by the mean of their neighbours, and then moved up and down towards them (the method of Sugiyama).
/// </summary>
internal sealed class WorkflowLayout
{
    private const double ColumnGap = 64;
    private const double RowGap = 16;
    private const double PassingHeight = 6;
    private const int OrderSweeps = 8;
    private const int PlaceSweeps = 12;

    private readonly List<LayoutBox>[] _columns;

    private WorkflowLayout(int stages) => _columns = [.. Enumerable.Range(0, stages).Select(_ => new List<LayoutBox>())];

    /// <summary>The boxes of the jobs.</summary>
    public ImmutableArray<LayoutBox> Boxes { get; private set; }

    /// <summary>The requirements.</summary>
    public ImmutableArray<LayoutEdge> Edges { get; private set; }

    /// <summary>The width of all.</summary>
    public double Width { get; private set; }

    /// <summary>The height of all.</summary>
    public double Height { get; private set; }

    /// <summary>Lays a workflow out; same workflow, same places.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="sizeOf">How large the box of a job has to be.</param>
    /// <param name="labelWidthOf">How much room the label of a requirement needs in front of the job that waits.</param>
    public static WorkflowLayout Of(
        WorkflowGraph workflow, Func<GraphNode, (double Width, double Height)> sizeOf, Func<Requirement, double> labelWidthOf)
    {
        var layout = new WorkflowLayout(workflow.Stages);
        layout.Fill(workflow, sizeOf);
        layout.Order();
        layout.PlaceColumns(labelWidthOf);
        layout.PlaceRows();
        return layout;
    }

    private void Fill(WorkflowGraph workflow, Func<GraphNode, (double Width, double Height)> sizeOf)
    {
        var byName = new Dictionary<string, LayoutBox>(StringComparer.Ordinal);
        foreach (var node in workflow.Nodes)
        {
            var (width, height) = sizeOf(node);
            var box = new LayoutBox { Node = node, Stage = node.Stage, Width = width, Height = height };
            byName.Add(node.Name, box);
            _columns[node.Stage - 1].Add(box);
        }

        Boxes = [.. byName.Values];
        Edges = [.. workflow.Nodes.SelectMany(n => n.Requires.DistinctBy(r => r.Job)
            .Where(r => byName[r.Job].Stage < n.Stage)
            .Select(r => new LayoutEdge(Connect(byName[r.Job], byName[n.Name]), r)))];
    }

    private ImmutableArray<LayoutBox> Connect(LayoutBox from, LayoutBox to)
    {
        var path = ImmutableArray.CreateBuilder<LayoutBox>();
        path.Add(from);
        for (var stage = from.Stage + 1; stage < to.Stage; stage++)
        {
            var passing = new LayoutBox { Stage = stage, Width = 0, Height = PassingHeight };
            _columns[stage - 1].Add(passing);
            path.Add(passing);
        }

        path.Add(to);
        for (var i = 1; i < path.Count; i++)
        {
            path[i - 1].After.Add(path[i]);
            path[i].Before.Add(path[i - 1]);
        }

        return path.ToImmutable();
    }

    private void Order()
    {
        for (var sweep = 0; sweep < OrderSweeps; sweep++)
        {
            var forward = sweep % 2 == 0;
            foreach (var column in forward ? _columns.AsEnumerable() : _columns.Reverse())
            {
                for (var i = 0; i < column.Count; i++)
                    column[i].Y = i;
                var ranked = column.OrderBy(b => Mean(forward ? b.Before : b.After, n => n.Y, b.Y)).ToArray();
                for (var i = 0; i < ranked.Length; i++)
                {
                    column[i] = ranked[i];
                    column[i].Y = i;
                }
            }
        }
    }

    private void PlaceColumns(Func<Requirement, double> labelWidthOf)
    {
        var labels = Edges.ToLookup(e => e.Path[^1].Stage, e => labelWidthOf(e.Requirement));
        for (var i = 0; i < _columns.Length; i++)
        {
            var gap = i == 0 ? 0 : labels[i + 1].Append(ColumnGap).Max();
            var (x, width) = (Width + gap, _columns[i].Max(b => b.Width));
            foreach (var box in _columns[i])
                (box.X, box.Width) = (x, width);
            Width = x + width;
        }
    }

    private void PlaceRows()
    {
        foreach (var column in _columns)
        {
            var y = 0.0;
            foreach (var box in column)
            {
                box.Y = y;
                y += box.Height + RowGap;
            }
        }

        for (var sweep = 0; sweep < PlaceSweeps; sweep++)
        {
            var forward = sweep % 2 == 0;
            foreach (var column in forward ? _columns.AsEnumerable() : _columns.Reverse())
                Settle(column, forward);
        }

        var top = _columns.SelectMany(c => c).Select(b => b.Y).DefaultIfEmpty().Min();
        foreach (var box in _columns.SelectMany(c => c))
            box.Y -= top;
        Height = _columns.SelectMany(c => c).Select(b => b.Y + b.Height).DefaultIfEmpty().Max();
    }

    /// <summary>Moves the boxes of a column to where they want to be, without overlaps and without a change of order.</summary>
    private static void Settle(List<LayoutBox> column, bool forward)
    {
        var wanted = column.Select(b => Mean(forward ? b.Before : b.After, n => n.Middle, b.Middle) - (b.Height / 2)).ToArray();
        var down = new double[column.Count];
        for (var i = 0; i < column.Count; i++)
            down[i] = i == 0 ? wanted[i] : Math.Max(wanted[i], down[i - 1] + column[i - 1].Height + RowGap);
        var up = new double[column.Count];
        for (var i = column.Count - 1; i >= 0; i--)
            up[i] = i == column.Count - 1 ? wanted[i] : Math.Min(wanted[i], up[i + 1] - column[i].Height - RowGap);

        // Pushed down only, or up only, a crowd would lean to one side; the mean of both keeps the distances and the balance.
        for (var i = 0; i < column.Count; i++)
            column[i].Y = (down[i] + up[i]) / 2;
    }

    private static double Mean(List<LayoutBox> neighbours, Func<LayoutBox, double> of, double otherwise) =>
        neighbours.Count == 0 ? otherwise : neighbours.Average(of);
}
