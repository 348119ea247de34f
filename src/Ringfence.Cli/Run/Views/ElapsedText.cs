using System.Globalization;

namespace Ringfence.Cli.Run.Views;

/// <summary>Durations as people read them.</summary>
internal static class ElapsedText
{
    /// <summary>Such as <c>0.4s</c>, <c>12s</c>, <c>1m 03s</c>, <c>2h 05m</c>.</summary>
    public static string Of(TimeSpan time)
    {
        if (time < TimeSpan.Zero)
            time = TimeSpan.Zero;
        var invariant = CultureInfo.InvariantCulture;
        return time switch
        {
            { TotalSeconds: < 9.95 } => string.Create(invariant, $"{time.TotalSeconds:0.0}s"),
            { TotalSeconds: < 60 } => string.Create(invariant, $"{(int)time.TotalSeconds}s"),
            { TotalHours: < 1 } => string.Create(invariant, $"{time.Minutes}m {time.Seconds:00}s"),
            _ => string.Create(invariant, $"{(long)time.TotalHours}h {time.Minutes:00}m"),
        };
    }
}
