using Ringfence.Primitives;

namespace Ringfence.Config.Yaml;

/// <summary>Says what to do about the YAML mistakes that people make most.</summary>
internal static class SyntaxHints
{
    public const string Braces = "Without quotes '{{' begins a map; put the whole value in quotes.";

    public const string TabHint = "YAML is indented with spaces; replace the tab.";

    private const string Otherwise = "Check the indentation of this line and of the lines above it.";

    public static string For(SyntaxProblem problem)
    {
        if (ConflictLine(problem.Source) is > 0 and var conflict)
            return $"Line {conflict} is from a merge conflict that git left behind; resolve it.";
        if (problem.IsTab)
            return TabHint;
        if (problem.Says("nested more than"))
            return "Write it with less nesting.";
        if (problem.Says("unknown escape"))
            return @"In double quotes '\' begins an escape: write '\\' for one backslash, or use single quotes.";
        if (problem.Says("cannot start any token") || problem.Says("anchor or alias"))
            return $"A value cannot begin with '{problem.Next}'; put it in quotes.";
        if (problem.Says("quoted scalar, found unexpected end"))
            return "The quotes that begin here are never closed.";
        if (problem.Says("wrong indentation"))
            return "Indent every line of a quoted value further than its key.";

        var line = OutlineLine.At(problem.Source, problem.Start);
        if (line.Content.Contains(": {{", StringComparison.Ordinal) || line.Content.Contains("- {{", StringComparison.Ordinal))
            return Braces;
        if (line.Content.Length > 1 && line.Content[0] == '-' && char.IsAsciiLetter(line.Content[1]))
            return "Put a blank behind the '-' of a list item.";
        if (problem.Says("Block sequence entries"))
            return "Begin the list in a line of its own; if the '-' belongs to the text, put it in quotes.";
        if (problem.Says("flow"))
            return "A '[' or '{' above is not closed; if it belongs to a text, put the text in quotes.";
        if (problem.IsUnexpectedValue && line.Value.Contains(": ", StringComparison.Ordinal) && problem.Start > line.Offset + line.Key.Length + 2)
            return "A value that holds ': ' must be in quotes.";
        if (problem.Start > line.Offset && problem.Source.Text.AsSpan(0, problem.Start).TrimEnd(' ') is [.., '"' or '\''])
            return "The value ends with the closing quote; put all of it in quotes.";
        if (problem.IsMisplaced || problem.IsUnexpectedValue || problem.IsMissingColon)
            return PlacementHints.For(problem, line) ?? Otherwise;
        return Otherwise;
    }

    /// <summary>The hint for an alias without anchor; what begins like <c>*.js</c> was meant as a pattern.</summary>
    public static string ForAlias(string name) => name.Length > 0 && char.IsLetterOrDigit(name[0])
        ? "Define the anchor with '&name' above this line."
        : "A value cannot begin with '*'; put it in quotes.";

    /// <summary>The hint for a map or list in the place of a key.</summary>
    public static string ForKey(SourceSpan key) => key.Start > 0 && key.Source.Text.AsSpan(key.Start - 1, Math.Min(2, key.Source.Text.Length - key.Start + 1)) is "{{"
        ? Braces
        : "Quote the key if it holds brackets or braces.";

    /// <summary>The first line that git writes around two versions of a text; 0 if there is none.</summary>
    private static int ConflictLine(SourceText source)
    {
        for (var number = 1; number <= source.LineCount; number++)
        {
            var line = source.Line(number);
            if (line.StartsWith("<<<<<<< ", StringComparison.Ordinal) || line.StartsWith(">>>>>>> ", StringComparison.Ordinal) || line is "=======")
                return number;
        }

        return 0;
    }
}
