using Ringfence.Primitives;

namespace Ringfence.Config.Yaml;

/// <summary>What the parser said about a text that is not YAML, and where it was.</summary>
/// <param name="Source">The text.</param>
/// <param name="Start">Where it stopped.</param>
/// <param name="End">The end of what it could not take.</param>
/// <param name="ParserText">Its own words.</param>
/// <param name="BlockStart">Where the innermost list or map begins that was open then; -1 if none was.</param>
internal sealed record SyntaxProblem(SourceText Source, int Start, int End, string ParserText, int BlockStart)
{
    /// <summary>The words that open both messages about an indentation that fits nothing.</summary>
    public bool IsMisplaced => Says("block mapping") || Says("block collection");

    /// <summary>A <c>:</c> where no key can be.</summary>
    public bool IsUnexpectedValue => Says("found invalid mapping") || Says("Mapping values are not allowed");

    /// <summary>A tab in the indentation.</summary>
    public bool IsTab => Says("tab as indentation") || Says("tab character");

    /// <summary>A scalar that is no key, where a key must be.</summary>
    public bool IsMissingColon => Says("could not find expected ':'") || (Says("block mapping") && IsTextAlone(OutlineLine.At(Source, Start)));

    /// <summary>The character at the place, or NUL at the end of the text.</summary>
    public char Next => Start < Source.Text.Length ? Source.Text[Start] : '\0';

    public bool Says(string words) => ParserText.Contains(words, StringComparison.OrdinalIgnoreCase);

    private bool IsTextAlone(OutlineLine line) =>
        line is { HasKey: false, IsItem: false } && line.Offset == Start && (char.IsAsciiLetterOrDigit(Next) || Next is '.' or '$' or '/' or '<' or '=' or '>');
}
