using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Ringfence.Cli.Secrets;

/// <summary>Options whose value is a moment: a date, or a number of days or hours from now.</summary>
internal static class TimeOption
{
    private const double MostDays = 36_500;

    /// <summary>The word for no deadline at all.</summary>
    public const string Never = "never";

    /// <summary>An option for the past, such as <c>--since 30d</c>.</summary>
    public static Option<DateTimeOffset?> Since(TimeProvider clock, string description) => new("--since")
    {
        Description = description + " A date such as 2026-11-01, a time such as 2026-11-01T10:00:00Z, or 30d or 12h ago.",
        HelpName = "TIME",
        CustomParser = result => Parse(result, "--since", clock, -1),
    };

    /// <summary>The option <c>--deadline</c>: null when it is not given, <see cref="DateTimeOffset.MinValue"/> for never.</summary>
    public static Option<DateTimeOffset?> Deadline(TimeProvider clock) => new("--deadline")
    {
        Description = "When the secret ought to be replaced: a date, 90d from now, or never. A new secret has 90 days; a rotated one as long again as before.",
        HelpName = "DATE|90d|never",
        CustomParser = result => ParseDeadline(result, "--deadline", clock),
    };

    /// <summary>Reads a deadline. It says what is wrong without the text, which might be a value at the wrong place.</summary>
    public static DateTimeOffset? ParseDeadline(ArgumentResult result, string name, TimeProvider clock)
    {
        if (result.Tokens[0].Value is Never)
            return DateTimeOffset.MinValue;
        var time = Parse(result, name, clock, 1);
        if (time <= clock.GetUtcNow())
            result.AddError($"{name} lies in the past.");
        return time;
    }

    /// <summary>As the keep is told of a deadline.</summary>
    public static long ToMessage(DateTimeOffset? deadline) => deadline switch
    {
        null => 0,
        var time when time == DateTimeOffset.MinValue => -1,
        { } time => time.ToUnixTimeMilliseconds(),
    };

    private static DateTimeOffset? Parse(ArgumentResult result, string name, TimeProvider clock, int direction)
    {
        var text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParseExact(text, (string[])["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        if (text is [.. var digits, 'd' or 'h'] && double.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostDays)
            return clock.GetUtcNow() + (direction * (text[^1] == 'd' ? TimeSpan.FromDays(number) : TimeSpan.FromHours(number)));
        result.AddError($"{name} is a date such as 2026-11-01, or a time from now such as 30d or 12h.");
        return null;
    }
}
