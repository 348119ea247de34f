using System.Globalization;
using System.Numerics;

namespace Ringfence.Config.Yaml;

/// <summary>What a plain scalar means by the resolution rules of YAML 1.1, as CircleCI's reader applies them (CL-1.5).</summary>
internal static class ScalarResolution
{
    /// <summary>Gives the kind of a plain scalar and its canonical text: <c>true</c> for <c>Yes</c>, <c>8</c> for <c>010</c>, <c>1.1</c> for <c>1.10</c>.</summary>
    public static (ScalarKind Kind, string Text) Resolve(string text)
    {
        if (text.Length == 0)
            return (ScalarKind.Null, "");

        return text[0] switch
        {
            '~' or 'n' or 'N' or 'y' or 'Y' or 't' or 'T' or 'f' or 'F' or 'o' or 'O' => ResolveWord(text),
            (>= '0' and <= '9') or '+' or '-' or '.' => ResolveNumber(text),
            _ => (ScalarKind.String, text),
        };
    }

    private static (ScalarKind, string) ResolveWord(string text) => text switch
    {
        "~" or "null" or "Null" or "NULL" => (ScalarKind.Null, ""),
        "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => (ScalarKind.Boolean, "true"),
        "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => (ScalarKind.Boolean, "false"),
        _ => (ScalarKind.String, text),
    };

    private static (ScalarKind, string) ResolveNumber(string text)
    {
        if (TryInteger(text, out var integer))
            return (ScalarKind.Integer, integer.ToString(CultureInfo.InvariantCulture));

        return TryFloat(text, out var number) ? (ScalarKind.Float, JavaDouble.Format(number)) : (ScalarKind.String, text);
    }

    private static bool TryInteger(string text, out BigInteger value)
    {
        value = default;
        var negative = text[0] == '-';
        var digits = text[0] is '-' or '+' ? text.AsSpan(1) : text.AsSpan();

        // A bound on the digits: turning a long decimal text into a number takes quadratic time.
        if (digits.Length is 0 or > 1000)
            return false;

        if (digits is "0")
            return true;

        var found = digits switch
        {
            ['0', 'b', .. var rest] => TryRadix(rest, 2, out value),
            ['0', 'x', .. var rest] => TryRadix(rest, 16, out value),
            ['0', .. var rest] => TryRadix(rest, 8, out value),
            [>= '1' and <= '9', ..] => TryDecimalOrSexagesimal(digits, out value),
            _ => false,
        };
        if (negative)
            value = -value;
        return found;
    }

    private static bool TryRadix(ReadOnlySpan<char> digits, int radix, out BigInteger value)
    {
        value = default;
        var any = false;
        foreach (var c in digits)
        {
            if (c == '_')
            {
                any = true;
                continue;
            }

            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
                return false;
            value = (value * radix) + digit;
            any = true;
        }

        return any;
    }

    private static bool TryDecimalOrSexagesimal(ReadOnlySpan<char> digits, out BigInteger value)
    {
        value = default;
        var first = true;
        foreach (var range in digits.Split(':'))
        {
            var part = digits[range];
            if (first)
            {
                if (part.ContainsAnyExcept(DecimalAndUnderscore))
                    return false;
                value = BigInteger.Parse(part.ToString().Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
                first = false;
                continue;
            }

            if (part.Length is 0 or > 2 || part.ContainsAnyExceptInRange('0', '9') || (part.Length == 2 && part[0] > '5'))
                return false;
            value = (value * 60) + int.Parse(part, CultureInfo.InvariantCulture);
        }

        return true;
    }

    private static readonly System.Buffers.SearchValues<char> DecimalAndUnderscore = System.Buffers.SearchValues.Create("0123456789_");

    private static bool TryFloat(string text, out double value)
    {
        value = 0;
        switch (text)
        {
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                value = double.PositiveInfinity;
                return true;
            case "-.inf" or "-.Inf" or "-.INF":
                value = double.NegativeInfinity;
                return true;
            case ".nan" or ".NaN" or ".NAN":
                value = double.NaN;
                return true;
        }

        return text.Contains(':', StringComparison.Ordinal) ? TrySexagesimal(text, out value) : HasFloatShape(text)
            && double.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>A time of day with a fraction: <c>1:30.5</c> is 90.5.</summary>
    private static bool TrySexagesimal(string text, out double value)
    {
        value = 0;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0 || text.Length > 100 || text.AsSpan(point + 1).ContainsAnyExcept(DecimalAndUnderscore))
            return false;

        var negative = text[0] == '-';
        var whole = text.AsSpan(text[0] is '-' or '+' ? 1 : 0, point - (text[0] is '-' or '+' ? 1 : 0));
        if (whole.IsEmpty || !char.IsAsciiDigit(whole[0]) || !TryDecimalOrSexagesimal(whole, out var seconds))
            return false;
        var fraction = text[(point + 1)..].Replace("_", "", StringComparison.Ordinal);
        value = (double)seconds + double.Parse($"0.{fraction}0", CultureInfo.InvariantCulture);
        value = negative ? -value : value;
        return true;
    }

    /// <summary>Digits with a point, an exponent or both; at least one digit before the point or right after it.</summary>
    private static bool HasFloatShape(string text)
    {
        var i = text[0] is '-' or '+' ? 1 : 0;
        var wholeStart = i;
        while (i < text.Length && (char.IsAsciiDigit(text[i]) || (text[i] == '_' && i > wholeStart)))
            i++;
        var hasWhole = i > wholeStart;

        var hasPoint = i < text.Length && text[i] == '.';
        if (hasPoint)
        {
            i++;
            var fractionStart = i;
            while (i < text.Length && (char.IsAsciiDigit(text[i]) || (text[i] == '_' && (hasWhole || i > fractionStart))))
                i++;
            if (!hasWhole && (i == fractionStart || wholeStart > 0))
                return false;
        }

        if (!hasWhole && !hasPoint)
            return false;
        if (i == text.Length)
            return hasPoint;
        if (text[i] is not ('e' or 'E'))
            return false;

        i++;
        if (i < text.Length && text[i] is '-' or '+')
            i++;
        var exponentStart = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        return i == text.Length && i > exponentStart;
    }
}
