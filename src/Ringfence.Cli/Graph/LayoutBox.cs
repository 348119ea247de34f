namespace Ringfence.Cli.Graph;

/// <summary>A job, or a place where an edge passes a stage, in the layout of a workflow.</summary>
internal sealed class LayoutBox
{
    /// <summary>The job; null where an edge only passes.</summary>
    public GraphNode? Node { get; init; }

    /// <summary>The stage, from 1.</summary>
    public required int Stage { get; init; }

    /// <summary>How wide it is; in the end as wide as its column.</summary>
    public required double Width { get; set; }

    /// <summary>How high it is.</summary>
    public required double Height { get; init; }

    /// <summary>The left edge.</summary>
    public double X { get; set; }

    /// <summary>The upper edge.</summary>
    public double Y { get; set; }

    /// <summary>What is connected on the left.</summary>
    public List<LayoutBox> Before { get; } = [];

    /// <summary>What is connected on the right.</summary>
    public List<LayoutBox> After { get; } = [];

    /// <summary>The middle, from top to bottom.</summary>
    public double Middle => Y + (Height / 2);

    /// <summary>The right edge.</summary>
    public double Right => X + Width;
}
