using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ringfence.Config.Yaml;

/// <summary>Chooses how a scalar is written, so that YAML 1.1 and 1.2 readers both read it back as it is.</summary>
internal static class ScalarText
{
    private static readonly SearchValues<char> Indicators = SearchValues.Create("-?:,[]{}#&*!|>'\"%@`");

    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789_.eExXabcdefABCDEFoO:+-");

    private static readonly SearchValues<char> OfDates = SearchValues.Create("0123456789:-_.eETtZz+ ");

    /// <summary>The scalar on one line: plain where that is safe, in single quotes otherwise, in double quotes if it holds what those cannot.</summary>
    public static string OnOneLine(YamlScalar scalar)
    {
        if (scalar.Kind == ScalarKind.Null)
            return "null";
        if (scalar.Kind != ScalarKind.String)
            return scalar.Text;
        return IsSafePlain(scalar.Text) ? scalar.Text : Quoted(scalar.Text);
    }

    /// <summary>A key on one line. Our own reader misses the <c>:</c> behind a plain key that holds a word with <c>*</c> at its start.</summary>
    public static string KeyOnOneLine(string text) =>
        IsSafePlain(text) && !text.Contains(" *", StringComparison.Ordinal) ? text : Quoted(text);

    /// <summary>Whether a text can be a literal block: several lines, nothing that needs an escape, and something on some line.</summary>
    public static bool FitsBlock(YamlScalar scalar)
    {
        if (scalar.Kind != ScalarKind.String || !scalar.Text.Contains('\n', StringComparison.Ordinal))
            return false;
        foreach (var c in scalar.Text)
        {
            if (c is not ('\n' or '\t') && !IsPrintable(c))
                return false;
        }

        // A reader finds the indentation by the first line with text, so a line of blanks alone before it is an error to some, as is a tab there. One at the end is dropped by some.
        var first = scalar.Text.AsSpan().TrimStart('\n');
        return first.Length > 0 && HasWellFormedUnicode(scalar.Text) && first[0] is not '\t' && first.TrimStart(" \t") is not ([] or ['\n', ..])
            && scalar.Text.AsSpan().TrimEnd('\n').TrimEnd(" \t") is not [.., '\n'];
    }

    /// <summary>The header of a block: the indentation if the text begins with a blank, and what happens to the line breaks at the end.</summary>
    public static string BlockHeader(string text)
    {
        var indent = text.AsSpan().TrimStart('\n')[0] == ' ' ? "2" : "";
        if (text[^1] != '\n')
            return $"|{indent}-";
        return text.Length > 1 && text[^2] == '\n' ? $"|{indent}+" : $"|{indent}";
    }

    private static bool IsSafePlain(string text)
    {
        if (text.Length == 0 || text[0] == ' ' || text[^1] is ' ' or ':')
            return false;
        if (Indicators.Contains(text[0]) && !(text[0] is '-' or '?' or ':' && text.Length > 1 && text[1] is not (' ' or '-' or '?' or ':' or ',' or '[' or ']' or '{' or '}' or '#')))
            return false;
        if (text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal))
            return false;
        if (text.Contains(": ", StringComparison.Ordinal) || text.Contains(" #", StringComparison.Ordinal) || text.Contains('\t', StringComparison.Ordinal))
            return false;
        return !NeedsEscapes(text) && ScalarResolution.Resolve(text).Kind == ScalarKind.String && !LooksLikeOtherType(text);
    }

    private static string Quoted(string text) =>
        NeedsEscapes(text) ? DoubleQuoted(text) : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>What some reader takes for a number or date although ours does not: <c>08</c>, <c>0o17</c>, <c>2020-01-01</c>, <c>y</c>, <c>1:20</c>.</summary>
    private static bool LooksLikeOtherType(string text) =>
        text is "y" or "Y" or "n" or "N" or "null" or "Null" or "NULL" or "=" or "<<"
        || text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
        || (text.Length < 64 && char.IsAsciiDigit(text[0]) && (text.StartsWith("0o", StringComparison.Ordinal) || IsDateOrTime(text)))
        || (text.Length < 64 && text[0] is '+' or '-' or '.' && text.Length > 1 && text.AsSpan(1).IndexOfAnyInRange('0', '9') >= 0
            && text.AsSpan(1).IndexOfAnyExcept(OfNumbers) < 0);

    private static bool IsDateOrTime(string text) =>
        text.AsSpan().IndexOfAnyExcept(OfDates) < 0 && text.AsSpan().IndexOfAny(":-eE_") >= 0;

    private static bool NeedsEscapes(string text)
    {
        foreach (var c in text)
        {
            if (!IsPrintable(c))
                return true;
        }

        return !HasWellFormedUnicode(text);
    }

    private static bool IsPrintable(char c) =>
        c is (>= ' ' and <= '~') or (>= '\u00A0' and not ('\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF'));

    private static bool HasWellFormedUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                return false;
            i++;
        }

        return true;
    }

    private static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 8).Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    quoted.Append('\\').Append(c);
                    break;
                case '\n':
                    quoted.Append("\\n");
                    break;
                case '\t':
                    quoted.Append("\\t");
                    break;
                case '\r':
                    quoted.Append("\\r");
                    break;
                case var _ when IsPrintable(c):
                    quoted.Append(c);
                    break;
                default:
                    quoted.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
                    break;
            }
        }

        return quoted.Append('"').ToString();
    }
}
