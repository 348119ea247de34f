namespace Ringfence.Primitives;

/// <summary>A place in a text as people count it: line and column, both from 1; the column in UTF-16 units.</summary>
public readonly record struct LinePosition(int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Line}:{Column}";
}
