using Ringfence.Primitives;

namespace Ringfence.Config.Yaml;

/// <summary>A line of a text that may not be YAML, looked at by itself: its indentation and whether it looks like an item or a key.</summary>
internal sealed record OutlineLine
{
    private OutlineLine(SourceText source, int number)
    {
        var line = source.Line(number);
        Number = number;
        Content = line.Trim().ToString();
        Indent = line.Length - line.TrimStart().Length;
        Offset = source.OffsetOfLine(number) + Indent;
        IsItem = Content is "-" || Content.StartsWith("- ", StringComparison.Ordinal);

        var inner = IsItem ? Content[1..].TrimStart() : Content;
        KeyColumn = Indent + Content.Length - inner.Length;
        var colon = ColonOf(inner);
        HasKey = colon > 0;
        Key = HasKey ? inner[..colon] : "";
        Value = HasKey ? WithoutComment(inner[(colon + 1)..].Trim()) : "";
    }

    /// <summary>The number of the line, from 1.</summary>
    public int Number { get; }

    /// <summary>The line without the blanks around it.</summary>
    public string Content { get; }

    /// <summary>How many blanks it begins with.</summary>
    public int Indent { get; }

    /// <summary>The offset of the first character that is no blank.</summary>
    public int Offset { get; }

    /// <summary>Whether it begins with <c>-</c>.</summary>
    public bool IsItem { get; }

    /// <summary>Whether it holds a key, be it behind a <c>-</c>.</summary>
    public bool HasKey { get; }

    /// <summary>The key, or nothing.</summary>
    public string Key { get; }

    /// <summary>How many characters stand before the key.</summary>
    public int KeyColumn { get; }

    /// <summary>What stands behind the key.</summary>
    public string Value { get; }

    /// <summary>Whether the lines below are a text: <c>command: |</c>.</summary>
    public bool OpensBlock => Value.Length > 0 && Value[0] is '|' or '>';

    private bool IsBlankOrComment => Content.Length == 0 || Content[0] == '#';

    /// <summary>The line that holds an offset.</summary>
    public static OutlineLine At(SourceText source, int offset) => new(source, source.PositionAt(offset).Line);

    /// <summary>The lines above a line, without blank ones, comments and the lines of block texts.</summary>
    public static List<OutlineLine> Above(SourceText source, int number)
    {
        var lines = new List<OutlineLine>();
        for (var i = 1; i < number; i++)
        {
            var line = new OutlineLine(source, i);
            if (!line.IsBlankOrComment && !(lines.Count > 0 && lines[^1].OpensBlock && line.Indent > lines[^1].KeyColumn))
                lines.Add(line);
        }

        return lines;
    }

    /// <summary>Where the key ends; a colon counts only with a blank or nothing behind it, and outside quotes.</summary>
    private static int ColonOf(string text)
    {
        var from = text.Length > 0 && text[0] is '"' or '\'' ? text.IndexOf(text[0], 1) : 0;
        if (from < 0)
            return -1;
        var colon = text.IndexOf(": ", from, StringComparison.Ordinal);
        return colon >= 0 ? colon : text.EndsWith(':') ? text.Length - 1 : -1;
    }

    private static string WithoutComment(string value)
    {
        if (value.StartsWith('#'))
            return "";
        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? value : value[..comment].TrimEnd();
    }
}
