using System.Globalization;

namespace Ringfence.Cli.Output;

/// <summary>How long ago something was, in its largest unit: <c>3d</c>.</summary>
internal static class AgeText
{
    /// <summary>The text. What lies ahead, as after a clock was set back, is now.</summary>
    public static string Of(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, age.Seconds)}s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{age.Minutes}m"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{age.Hours}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{age.Days}d"),
    };
}
