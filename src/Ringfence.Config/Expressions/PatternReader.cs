using System.Globalization;
using System.Text;

namespace Ringfence.Config.Expressions;

/// <summary>The text of a pattern, the place that is read, and the first thing found wrong. Reads single escapes and classes.</summary>
internal sealed class PatternReader(string pattern)
{
    public int Position { get; set; }

    public LinearRegexError? Error { get; private set; }

    /// <summary>Whether case is ignored at this place.</summary>
    public bool IgnoresCase { get; set; }

    public bool AtEnd => Position >= pattern.Length;

    public char Current => Position < pattern.Length ? pattern[Position] : '\0';

    public char Following => Position + 1 < pattern.Length ? pattern[Position + 1] : '\0';

    public bool LooksAt(string text) => string.CompareOrdinal(pattern, Position, text, 0, text.Length) == 0;

    public int IndexOf(string text, int start) => pattern.IndexOf(text, start, StringComparison.Ordinal);

    public string Slice(int start, int end) => pattern[start..end];

    public CodePointSet? Fail(string reason, string? hint, int start)
    {
        Error ??= new LinearRegexError(reason, hint, start);
        return null;
    }

    public int ReadCodePoint()
    {
        // A surrogate on its own matches nothing, but is no reason to fail.
        var isPair = char.IsSurrogatePair(Current, Following);
        var codePoint = isPair ? char.ConvertToUtf32(Current, Following) : Current;
        Position += isPair ? 2 : 1;
        return codePoint;
    }

    /// <summary>Reads <c>\d</c>, <c>\p{L}</c> and the like; null and no error when no class begins here.</summary>
    public CodePointSet? TryReadClassEscape()
    {
        if (Current != '\\')
            return null;

        if (Following is 'p' or 'P')
            return ReadUnicodeClass();

        if (CodePointClasses.Perl(char.ToLowerInvariant(Following)) is not { } set)
            return null;

        var isNegated = char.IsAsciiLetterUpper(Following);
        Position += 2;
        return Folded(set, isNegated);
    }

    public CodePointSet Folded(CodePointSet set, bool isNegated)
    {
        var folded = IgnoresCase ? CaseFolding.Fold(set) : set;
        return isNegated ? folded.Negate() : folded;
    }

    private CodePointSet? ReadUnicodeClass()
    {
        var start = Position;
        var isNegated = Following == 'P';
        Position += 2;
        string name;
        if (Current == '{')
        {
            var end = IndexOf("}", Position);
            if (end < 0)
                return Fail($"the class {Slice(start, pattern.Length)} is not closed", null, start);

            name = Slice(Position + 1, end);
            Position = end + 1;
        }
        else
        {
            name = AtEnd ? "" : char.ConvertFromUtf32(ReadCodePoint() is var c && Rune.IsValid(c) ? c : 0xFFFD);
        }

        if (name.StartsWith('^'))
        {
            isNegated = !isNegated;
            name = name[1..];
        }

        return CodePointClasses.Unicode(name) is { } set
            ? Folded(set, isNegated)
            : Fail($"there is no class {Slice(start, Position)}", "general categories such as \\pL and \\p{Lu} are known; scripts are not", start);
    }

    /// <summary>Reads an escape that stands for one character; -1 with an error when it does not.</summary>
    public int ReadEscape()
    {
        var start = Position++;
        if (AtEnd)
        {
            Fail("it ends with a backslash", "write \\\\ for a backslash", start);
            return -1;
        }

        var c = Current;
        if (c is >= '0' and <= '7' && (c == '0' || Following is >= '0' and <= '7'))
            return ReadOctal();

        if (c == 'x')
            return ReadHexadecimal(start);

        var value = ReadCodePoint();
        switch (c)
        {
            case 'a': return '\a';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
        }

        if (!char.IsAsciiLetterOrDigit(c))
            return value;

        Fail($"\\{c} is not supported", HintForEscape(c), start);
        return -1;
    }

    private static string? HintForEscape(char c) => c switch
    {
        >= '1' and <= '9' or 'k' or 'g' => "backreferences cannot be matched in linear time; write the text out",
        'Z' or 'G' => "the pattern matches the whole text anyway",
        'u' or 'U' or 'N' => "write the character itself, or \\x{…}",
        'C' => "single bytes cannot be matched; use .",
        'b' or 'B' => "there are no word boundaries inside brackets",
        'h' or 'H' or 'R' or 'X' => "write the characters in brackets",
        _ => null,
    };

    private int ReadOctal()
    {
        var value = 0;
        for (var digits = 0; digits < 3 && Current is >= '0' and <= '7'; digits++)
            value = (value * 8) + (pattern[Position++] - '0');

        return value;
    }

    private int ReadHexadecimal(int start)
    {
        Position++;
        int end, from;
        if (Current == '{')
        {
            from = Position + 1;
            end = IndexOf("}", from);
            Position = end + 1;
        }
        else
        {
            from = Position;
            end = Position + 2;
            Position = end;
        }

        if (end > from && end <= pattern.Length && end - from <= 8
            && int.TryParse(pattern.AsSpan(from, end - from), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and <= CodePointSet.LastCodePoint)
        {
            return value;
        }

        Fail("\\x needs two hexadecimal digits, or a code point in braces", null, start);
        return -1;
    }
}
