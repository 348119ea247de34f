using Ringfence.Primitives;

namespace Ringfence.Config.Yaml;

/// <summary>
/// Says what is wrong with a text in the words of the YAML reader that CircleCI uses (CL-1.3), since those are what people search for,
/// and finds the place that they are about.
/// </summary>
internal static class SyntaxWording
{
    public const string Prefix = "Unable to parse YAML: ";

    /// <summary>What CircleCI's reader says to a tab; also used where our parser would take the tab.</summary>
    public const string Tab = @"found character '\t(TAB)' that cannot start any token";

    public static (string Text, SourceSpan Span) For(SyntaxProblem problem)
    {
        var span = new SourceSpan(problem.Source, problem.Start, Math.Max(problem.Start + 1, problem.End));
        if (problem.IsTab)
            return (Tab, FindTab(problem) is >= 0 and var tab ? new SourceSpan(problem.Source, tab, tab + 1) : span);
        if (problem.Says("unknown escape"))
            return Escape(problem, span);
        return (Text(problem), span);
    }

    private static string Text(SyntaxProblem problem)
    {
        if (problem.IsUnexpectedValue)
            return "mapping values are not allowed here";
        if (problem.IsMissingColon)
            return "while scanning a simple key; could not find expected ':'";
        if (problem.Says("Block sequence entries are not allowed"))
            return "block sequence entries are not allowed here";
        if (problem.Says("Mapping keys are not allowed"))
            return "mapping keys are not allowed here";
        if (problem.Says("cannot start any token"))
            return $"found character '{problem.Next}' that cannot start any token";
        if (problem.Says("block mapping"))
            return $"while parsing a block mapping; expected <block end>, but found {Found(problem)}";
        if (problem.Says("block collection"))
            return $"while parsing a block collection; expected <block end>, but found {Found(problem)}";
        if (problem.Says("flow mapping"))
            return $"while parsing a flow mapping; expected ',' or '}}', but found {Found(problem)}";
        if (problem.Says("flow sequence, did not"))
            return $"while parsing a flow sequence; expected ',' or ']', but found {Found(problem)}";
        if (problem.Says("anchor or alias"))
            return $"while scanning an {(problem.Next == '&' ? "anchor" : "alias")}; expected alphabetic or numeric character";
        if (problem.Says("node content"))
            return $"while parsing a node; expected the node content, but found {Found(problem)}";
        if (problem.Says("<document"))
            return $"expected '<document start>', but found {Found(problem)}";

        var text = problem.ParserText;
        var comma = text.StartsWith("While ", StringComparison.Ordinal) ? text.IndexOf(", ", StringComparison.Ordinal) : -1;
        if (comma >= 0)
            text = $"{text[..comma]};{text[(comma + 1)..]}";
        return char.ToLowerInvariant(text[0]) + text[1..];
    }

    /// <summary>The name of what stands at the place, as the reader's own scanner calls it.</summary>
    private static string Found(SyntaxProblem problem)
    {
        var line = OutlineLine.At(problem.Source, problem.Start);
        var block = problem.BlockStart < 0 ? 0 : problem.Source.PositionAt(problem.BlockStart).Column;
        var isDeeper = problem.Source.PositionAt(problem.Start).Column > block;
        switch (problem.Next)
        {
            case '\0':
                return "<stream end>";
            case '-' when line.IsItem && line.Offset == problem.Start:
                return isDeeper ? "<block sequence start>" : "'-'";
            case '-' when line.Offset != problem.Start:
                return "'-'";
            case var c and ('[' or ']' or '{' or '}' or ',' or ':'):
                return $"'{c}'";
            case '*':
                return "<alias>";
            case '&':
                return "<anchor>";
            case '!':
                return "<tag>";
            default:
                if (!line.HasKey || line.Offset != problem.Start)
                    return "<scalar>";
                return isDeeper ? "<block mapping start>" : "'?'";
        }
    }

    /// <summary>The parser names the place where it began to read ahead; the tab is in the indentation of a line from there on.</summary>
    private static int FindTab(SyntaxProblem problem)
    {
        var text = problem.Source.Text;
        for (var number = problem.Source.PositionAt(problem.Start).Line; number <= problem.Source.LineCount; number++)
        {
            var start = problem.Source.OffsetOfLine(number);
            var line = problem.Source.Line(number);
            var blanks = line[..(line.Length - line.TrimStart(" \t").Length)];
            if (blanks.Length < line.Length && blanks.Contains('\t'))
                return start + blanks.IndexOf('\t');
        }

        return text.IndexOf('\t', Math.Min(problem.Start, text.Length));
    }

    private static (string Text, SourceSpan Span) Escape(SyntaxProblem problem, SourceSpan span)
    {
        var text = problem.Source.Text;
        for (var i = problem.Start; i + 1 < Math.Min(problem.End + 2, text.Length); i++)
        {
            if (text[i] != '\\')
                continue;
            if (!"0abt\tnvfre \"/\\N_LPxuU\r\n".Contains(text[i + 1], StringComparison.Ordinal))
                return ($"while scanning a double-quoted scalar; found unknown escape character '{text[i + 1]}'", new SourceSpan(problem.Source, i, i + 2));
            i++;
        }

        return ("while scanning a double-quoted scalar; found unknown escape character", span);
    }
}
