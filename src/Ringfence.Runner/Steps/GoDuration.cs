using System.Buffers;
using System.Globalization;

namespace Ringfence.Runner.Steps;

/// <summary>Durations as Go writes them: <c>10m</c>, <c>1.25h</c>, <c>1h30m</c>, <c>90s</c> (EX-6.15).</summary>
internal static class GoDuration
{
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("us", 0.000001), ("ns", 0.000000001), ("h", 3600), ("m", 60), ("s", 1)];

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>Reads one; a bare number is seconds.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty)
            return false;
        var seconds = 0.0;
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            var number = digits < 0 ? rest : rest[..digits];
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
                return false;
            rest = digits < 0 ? [] : rest[digits..];
            var (unit, factor) = digits < 0 ? ("", 1.0) : Unit(rest);
            if (factor < 0)
                return false;
            seconds += value * factor;
            rest = rest[unit.Length..];
        }

        if (seconds > TimeSpan.FromDays(365).TotalSeconds)
            return false;
        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>As Go prints one: <c>10m0s</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        var seconds = ((duration.Seconds + (duration.Milliseconds / 1000.0)).ToString("0.###", CultureInfo.InvariantCulture)) + "s";
        return ((int)duration.TotalHours, duration.Minutes) switch
        {
            (0, 0) => seconds,
            (0, var minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes}m{seconds}"),
            var (hours, minutes) => string.Create(CultureInfo.InvariantCulture, $"{hours}h{minutes}m{seconds}"),
        };
    }

    /// <summary>As people write one, without what is zero: <c>10m</c>, <c>1h30m</c>, <c>5h</c>.</summary>
    public static string Short(TimeSpan duration)
    {
        var full = Format(duration);
        if (full.EndsWith("m0s", StringComparison.Ordinal))
            full = full[..^2];
        return full.EndsWith("h0m", StringComparison.Ordinal) ? full[..^2] : full;
    }

    private static (string Unit, double Factor) Unit(ReadOnlySpan<char> text)
    {
        foreach (var (unit, seconds) in Units)
        {
            if (text.StartsWith(unit, StringComparison.Ordinal))
                return (unit, seconds);
        }

        return ("", -1);
    }
}
