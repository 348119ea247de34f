namespace Ringfence.Config.Expressions;

/// <summary>Reads a class in brackets, such as <c>[^a-z[:digit:]\pL]</c>.</summary>
internal static class PatternClassReader
{
    /// <summary>Reads from the opening to the closing bracket; null with an error of the reader when something is wrong.</summary>
    public static CodePointSet? Read(PatternReader reader)
    {
        var start = reader.Position++;
        var isNegated = reader.Current == '^';
        if (isNegated)
            reader.Position++;

        var ranges = new List<CodePointRange>();
        // A closing bracket in first place stands for itself.
        for (var isFirst = true; isFirst || reader.Current != ']' || reader.AtEnd; isFirst = false)
        {
            if (reader.AtEnd)
                return reader.Fail("a bracket [ is not closed", "write \\[ for the character", start);

            if (ReadItem(reader) is not { } item)
                return null;

            ranges.AddRange(item.Ranges);
        }

        reader.Position++;
        var set = CodePointSet.Of(ranges);
        return isNegated ? set.Negate() : set;
    }

    private static CodePointSet? ReadItem(PatternReader reader)
    {
        if (reader.LooksAt("[:") && reader.IndexOf(":]", reader.Position + 2) is var end and >= 0)
            return ReadPosixClass(reader, end);

        if (reader.TryReadClassEscape() is { } set)
            return set;

        return reader.Error is null ? ReadRange(reader) : null;
    }

    private static CodePointSet? ReadPosixClass(PatternReader reader, int end)
    {
        var start = reader.Position;
        var name = reader.Slice(start + 2, end);
        var isNegated = name.StartsWith('^');
        reader.Position = end + 2;
        return CodePointClasses.Posix(isNegated ? name[1..] : name) is { } set
            ? reader.Folded(set, isNegated)
            : reader.Fail($"there is no class [:{name}:]", null, start);
    }

    private static CodePointSet? ReadRange(PatternReader reader)
    {
        var start = reader.Position;
        var first = ReadCharacter(reader);
        var last = first;
        // A hyphen in last place stands for itself.
        if (first >= 0 && reader.Current == '-' && reader.Following is not (']' or '\0'))
        {
            reader.Position++;
            last = ReadCharacter(reader);
        }

        if (first < 0 || last < 0)
            return null;

        return last >= first
            ? reader.Folded(CodePointSet.Of(first, last), isNegated: false)
            : reader.Fail($"the range {reader.Slice(start, reader.Position)} runs backwards", null, start);
    }

    private static int ReadCharacter(PatternReader reader) =>
        reader.Current == '\\' ? reader.ReadEscape() : reader.ReadCodePoint();
}
