using System.Globalization;

namespace Ringfence.Config.Yaml;

/// <summary>Writes a floating-point number as Java does, since that is what CircleCI's compiler prints: <c>13.0</c>, <c>1.1</c>, <c>1.0E7</c>.</summary>
internal static class JavaDouble
{
    public static string Format(double value)
    {
        if (double.IsNaN(value))
            return ".NaN";
        if (double.IsInfinity(value))
            return value > 0 ? ".inf" : "-.inf";
        if (value == 0)
            return double.IsNegative(value) ? "-0.0" : "0.0";

        var (negative, digits, exponent) = Split(value);
        var sign = negative ? "-" : "";
        if (Math.Abs(value) is < 1e-3 or >= 1e7)
            return $"{sign}{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{exponent.ToString(CultureInfo.InvariantCulture)}";
        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";

        var whole = exponent + 1;
        return digits.Length <= whole
            ? $"{sign}{digits.PadRight(whole, '0')}.0"
            : $"{sign}{digits[..whole]}.{digits[whole..]}";
    }

    /// <summary>The shortest digits that give the number back, and the power of ten of the first one.</summary>
    private static (bool Negative, string Digits, int Exponent) Split(double value)
    {
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        for (var precision = 0; precision <= 16; precision++)
        {
            var candidate = value.ToString($"E{precision}", CultureInfo.InvariantCulture);
            if (double.Parse(candidate, CultureInfo.InvariantCulture) == value)
            {
                text = candidate;
                break;
            }
        }

        var negative = text[0] == '-';
        var body = negative ? text[1..] : text;
        var e = body.IndexOf('E', StringComparison.Ordinal);
        var digits = body[..e].Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        return (negative, digits.Length == 0 ? "0" : digits, int.Parse(body[(e + 1)..], CultureInfo.InvariantCulture));
    }
}
