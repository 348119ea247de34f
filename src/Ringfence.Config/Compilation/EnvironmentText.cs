using System.Globalization;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation;

/// <summary>
/// The text that a variable gets when a job's environment is read, which is later than compilation: the compiled document keeps the values
/// as they are. CircleCI's agent is written in Go, and numbers look as Go prints them (CL-6.6 to CL-6.8).
/// </summary>
public static class EnvironmentText
{
    /// <summary>From here on Go writes a number with an exponent.</summary>
    private const int ExponentFrom = 6;

    /// <summary>The text of a value.</summary>
    /// <param name="value">The value as it stands in the compiled config.</param>
    /// <param name="isJobLevel">Whether it belongs to the job; whole numbers of a step or an image keep all their digits.</param>
    public static string Of(YamlScalar value, bool isJobLevel)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Kind switch
        {
            ScalarKind.Boolean => value.Text is "true" ? "1" : "0",
            ScalarKind.Null => "<nil>",
            ScalarKind.Integer when isJobLevel => OfNumber(double.Parse(value.Text, CultureInfo.InvariantCulture)),
            ScalarKind.Float => OfFloat(value.Text),
            _ => value.Text,
        };
    }

    private static string OfFloat(string text) => text switch
    {
        ".inf" => "+Inf",
        "-.inf" => "-Inf",
        ".NaN" => "NaN",
        _ => OfNumber(double.Parse(text, CultureInfo.InvariantCulture)),
    };

    /// <summary>Go's <c>%v</c> of a float64: the fewest digits that give the number back, as <c>1.234567e+06</c> when it is large or small.</summary>
    private static string OfNumber(double value)
    {
        if (value == 0)
            return double.IsNegative(value) ? "-0" : "0";

        // The shortest digits with an exponent, such as 1.234567E+006.
        var shortest = Enumerable.Range(0, 17).Select(n => value.ToString($"E{n}", CultureInfo.InvariantCulture))
            .First(t => double.Parse(t, CultureInfo.InvariantCulture) == value);
        var mark = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(shortest.AsSpan(mark + 1), CultureInfo.InvariantCulture);
        if (exponent is < -4 or >= ExponentFrom)
            return $"{shortest[..mark]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";

        var digits = shortest[..mark].Count(char.IsAsciiDigit);
        return value.ToString($"F{Math.Max(digits - 1 - exponent, 0)}", CultureInfo.InvariantCulture);
    }
}
