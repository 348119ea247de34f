namespace Ringfence.Primitives;

/// <summary>A stretch of a source text, from <paramref name="Start"/> to just before <paramref name="End"/>, in UTF-16 units.</summary>
public readonly record struct SourceSpan(SourceText Source, int Start, int End)
{
    /// <summary>Belongs to no text.</summary>
    public static SourceSpan None { get; } = new(SourceText.None, 0, 0);

    /// <summary>Whether the span belongs to a text that can be shown.</summary>
    public bool IsKnown => Source is { Path.Length: > 0 };

    /// <summary>Line and column of the first character.</summary>
    public LinePosition Position => Source.PositionAt(Start);

    /// <summary>Shown as <c>path:line:column</c>, the form that editors and terminals turn into a link.</summary>
    public override string ToString() => IsKnown ? $"{Source.Path}:{Position}" : "";
}
