using System.Buffers;
using System.Globalization;

namespace Ringfence.Agent.InJob.Splitting;

/// <summary>Durations as Go programs read them, such as <c>1m30s</c> or <c>1.5h</c>, without a sign.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, decimal Microseconds)[] Units =
        [("ns", 0.001m), ("us", 1), ("µs", 1), ("μs", 1), ("ms", 1000), ("s", 1_000_000), ("m", 60_000_000), ("h", 3_600_000_000)];

    /// <summary>Reads a duration; what is shorter than a microsecond is cut off.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text is "0")
            return true;
        if (text.IsEmpty)
            return false;

        decimal sum = 0;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExcept(Digits);
            if (digits is not (> 0 and < 20) || !decimal.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return false;

            text = text[digits..];
            var end = text.IndexOfAny(Digits);
            var unit = end < 0 ? text : text[..end];
            if (Microseconds(unit) is not { } each || number > 1_000_000_000_000)
                return false;
            sum += number * each;
            text = text[unit.Length..];
        }

        // Far beyond any test, and far below what a TimeSpan holds.
        if (sum > 1_000_000_000_000_000)
            return false;
        duration = TimeSpan.FromMicroseconds((long)sum);
        return true;
    }

    private static decimal? Microseconds(ReadOnlySpan<char> unit)
    {
        foreach (var (name, microseconds) in Units)
        {
            if (unit.SequenceEqual(name))
                return microseconds;
        }

        return null;
    }
}
