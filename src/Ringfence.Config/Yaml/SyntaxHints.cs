using Ringfence.Primitives;

namespace Ringfence.Config.Yaml;

/// <summary>Says what to do about the YAML mistakes that people make most.</summary>
internal static class SyntaxHints
{
    public static string For(SourceText source, int offset, string message)
    {
        var position = source.PositionAt(offset);
        var line = source.Line(position.Line);
        if (line.TrimStart(' ').StartsWith('\t') || message.Contains("tab", StringComparison.OrdinalIgnoreCase))
            return "YAML is indented with spaces; replace the tab.";
        if (line.TrimStart().StartsWith("<<<<<<<", StringComparison.Ordinal) || line.StartsWith("=======", StringComparison.Ordinal) || line.StartsWith(">>>>>>>", StringComparison.Ordinal))
            return "This is a merge conflict that git left behind; resolve it.";
        if (message.Contains("mapping values", StringComparison.OrdinalIgnoreCase))
            return "A value that holds ': ' must be quoted, or the line is indented too far.";
        if (line.ContainsAny('@', '`'))
            return "A value cannot start with '@' or '`'; quote it.";
        return "Check the indentation of this line and of the lines above it.";
    }
}
