using Ringfence.Primitives;

namespace Ringfence.Cli.Diagnostics;

/// <summary>A place as the JSON output gives it: lines and columns from 1, columns in UTF-16 units, the end just behind the last character.</summary>
internal sealed record JsonPlace(string File, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>The place of a span; null when it belongs to no text.</summary>
    public static JsonPlace? Of(SourceSpan span)
    {
        if (!span.IsKnown)
            return null;

        var (start, end) = (span.Position, span.Source.PositionAt(Math.Max(span.Start, span.End)));
        return new JsonPlace(span.Source.Path, start.Line, start.Column, end.Line, end.Column);
    }
}
