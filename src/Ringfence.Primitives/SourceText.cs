namespace Ringfence.Primitives;

/// <summary>A text from outside together with the name people know it by; it finds lines and columns on request.</summary>
/// <remarks>Immutable, apart from the line table that is made once when first asked for. Safe to share between threads.</remarks>
public sealed class SourceText(string path, string text)
{
    private int[]? _lineStarts;

    /// <summary>The name shown in messages: a path, <c>-</c> for standard input, or an orb reference.</summary>
    public string Path { get; } = path;

    /// <summary>The whole text, as it was read.</summary>
    public string Text { get; } = text;

    /// <summary>Stands for values that were given by no file, such as pipeline values.</summary>
    public static SourceText None { get; } = new("", "");

    /// <summary>How many lines the text has; at least 1.</summary>
    public int LineCount => LineStarts.Length;

    /// <summary>Line and column of an offset in UTF-16 units. An offset outside the text is moved to its nearest end.</summary>
    public LinePosition PositionAt(int offset)
    {
        offset = Math.Clamp(offset, 0, Text.Length);
        var found = Array.BinarySearch(LineStarts, offset);
        var line = found >= 0 ? found : ~found - 1;
        return new LinePosition(line + 1, offset - LineStarts[line] + 1);
    }

    /// <summary>The text of a line, counted from 1, without its line break.</summary>
    public ReadOnlySpan<char> Line(int number)
    {
        var start = LineStarts[number - 1];
        var end = number < LineStarts.Length ? LineStarts[number] : Text.Length;
        return Text.AsSpan(start, end - start).TrimEnd("\r\n");
    }

    /// <summary>The offset of the first character of a line, counted from 1.</summary>
    public int OffsetOfLine(int number) => LineStarts[number - 1];

    private int[] LineStarts => _lineStarts ??= FindLineStarts(Text);

    private static int[] FindLineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                starts.Add(i + 1);
        }

        return [.. starts];
    }
}
