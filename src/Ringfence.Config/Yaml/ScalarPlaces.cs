namespace Ringfence.Config.Yaml;

/// <summary>
/// Maps a character of a scalar's value back to where it is written, also inside quoted and block scalars,
/// so that a message about one line of a script points at that line.
/// </summary>
internal static class ScalarPlaces
{
    /// <summary>The offset in the source of character <paramref name="textOffset"/> of the scalar's value; found on request, in linear time.</summary>
    public static int Locate(YamlScalar scalar, int textOffset)
    {
        var source = scalar.Span.Source.Text;
        var end = Math.Min(scalar.Span.End, source.Length);
        var at = Math.Min(scalar.Span.Start, end);
        var isBlock = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded;
        if (isBlock)
            at = SkipHeader(source, at, end);
        else if (scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted)
            at++;

        if (isBlock)
            return LocateInBlock(scalar, source, at, end, textOffset);

        var i = 0;
        while (at < end)
        {
            if (i >= textOffset)
                return at;
            (at, i) = StepInFlow(scalar, source, at, end, i);
        }

        return end;
    }

    private static int SkipHeader(string source, int at, int end)
    {
        while (at < end && source[at] is not ('\n' or '\r'))
            at++;
        if (at < end && source[at] == '\r' && at + 1 < end && source[at + 1] == '\n')
            at++;
        return Math.Min(at + 1, end);
    }

    /// <summary>In a block each line of the value is a line of the source behind the indentation; folded blocks join some of them with a blank.</summary>
    private static int LocateInBlock(YamlScalar scalar, string source, int at, int end, int textOffset)
    {
        var text = scalar.Text;
        var indent = Indentation(source, at, end, text);
        var i = 0;
        while (at < end)
        {
            var lineStart = at;
            for (var k = 0; k < indent && at < end && source[at] == ' '; k++)
                at++;
            var contentStart = at;
            while (at < end && source[at] is not ('\n' or '\r'))
                at++;
            var length = at - contentStart;
            if (length == 0 && scalar.Style == ScalarStyle.Folded && i < text.Length && text[i] != '\n')
                length = -1;

            if (length >= 0 && textOffset <= i + length)
                return length == 0 ? Math.Min(lineStart + indent, at) : contentStart + (textOffset - i);

            i += length + 1;
            at = SkipBreak(source, at, end);
        }

        return end;
    }

    /// <summary>The blanks before the first line with text, but for those that are part of the value: <c>|2</c> says where the value begins.</summary>
    private static int Indentation(string source, int at, int end, string text)
    {
        var content = text.AsSpan().TrimStart('\n');
        var ofValue = content.Length - content.TrimStart(' ').Length;
        while (at < end)
        {
            var spaces = 0;
            while (at + spaces < end && source[at + spaces] == ' ')
                spaces++;
            if (at + spaces >= end || source[at + spaces] is not ('\n' or '\r'))
                return Math.Max(0, spaces - ofValue);
            at = SkipBreak(source, at + spaces, end);
        }

        return 0;
    }

    private static int SkipBreak(string source, int at, int end)
    {
        if (at < end && source[at] == '\r' && at + 1 < end && source[at + 1] == '\n')
            return at + 2;
        return Math.Min(at + 1, end);
    }

    private static (int At, int TextIndex) StepInFlow(YamlScalar scalar, string source, int at, int end, int i)
    {
        var c = source[at];
        if (c is '\n' or '\r' or ' ' or '\t')
        {
            // Blanks at the end of a line belong to the break, others to the value.
            var (next, breaks) = SkipBlanks(source, at, end);
            return breaks == 0 ? (at + 1, i + 1) : (next, i + Math.Max(1, breaks - 1));
        }

        if (scalar.Style == ScalarStyle.DoubleQuoted && c == '\\' && at + 1 < end)
        {
            // A break behind '\' is no part of the value; of empty lines after it each is a line break.
            if (source[at + 1] is '\n' or '\r')
            {
                var (next, breaks) = SkipBlanks(source, at + 1, end);
                return (next, i + breaks - 1);
            }

            return (at + (source[at + 1] switch { 'x' => 4, 'u' => 6, 'U' => 10, _ => 2 }), i + (i < scalar.Text.Length && char.IsHighSurrogate(scalar.Text[i]) ? 2 : 1));
        }

        if (scalar.Style == ScalarStyle.SingleQuoted && c == '\'' && at + 1 < end && source[at + 1] == '\'')
            return (at + 2, i + 1);
        return (at + 1, i + 1);
    }

    /// <summary>The first character behind blanks and line breaks, and how many breaks there were.</summary>
    private static (int At, int Breaks) SkipBlanks(string source, int at, int end)
    {
        var breaks = 0;
        while (at < end && source[at] is '\n' or '\r' or ' ' or '\t')
        {
            if (source[at] is ' ' or '\t')
            {
                at++;
                continue;
            }

            at = SkipBreak(source, at, end);
            breaks++;
        }

        return (at, breaks);
    }
}
