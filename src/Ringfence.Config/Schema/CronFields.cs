using System.Globalization;

namespace Ringfence.Config.Schema;

/// <summary>
/// Checks the five fields of a POSIX cron line as CircleCI takes it (CL-16.10, CL-16.11): lists or ranges of numbers, no steps,
/// no ranges inside of lists. A range of names of days is refused; single names are taken.
/// </summary>
internal static class CronFields
{
    private static readonly (string Name, int Least, int Most, string[] Words)[] Fields =
    [
        ("minute", 0, 59, []),
        ("hour", 0, 23, []),
        ("day of month", 1, 31, []),
        ("month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        ("day of week", 0, 7, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ];

    /// <summary>One clause that says what is wrong; null when nothing is.</summary>
    public static string? WhyNot(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != Fields.Length)
            return $"it has {fields.Length} fields, not five";
        for (var i = 0; i < fields.Length; i++)
        {
            if (WhyNot(fields[i], i) is { } whyNot)
                return whyNot;
        }

        return null;
    }

    private static string? WhyNot(string field, int index)
    {
        var (name, least, most, _) = Fields[index];
        if (field.Contains('/', StringComparison.Ordinal))
            return $"steps such as '{field}' are not supported in the {name}";
        if (field is "*")
            return null;

        foreach (var item in field.Split(','))
        {
            var ends = item.Split('-');
            if (ends.Length > 2 || !ends.All(e => Value(e, index) is { } value && value >= least && value <= most))
                return $"'{item}' is no {name} from {least} to {most}";
            if (ends.Length == 2 && Value(ends[0], index) > Value(ends[1], index))
                return $"the range '{item}' of the {name} runs backwards";
            if (ends.Length == 2 && field.Contains(',', StringComparison.Ordinal))
                return $"a range such as '{item}' cannot stand in a list, as in the {name} '{field}'";
            if (ends.Length == 2 && !char.IsAsciiDigit(ends[0][0]))
                return $"a range of names such as '{item}' is not supported in the {name}";
        }

        return null;
    }

    private static int? Value(string text, int index)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        var (_, least, _, words) = Fields[index];
        var place = Array.FindIndex(words, w => string.Equals(w, text, StringComparison.OrdinalIgnoreCase));
        return place < 0 ? null : place + least;
    }
}
