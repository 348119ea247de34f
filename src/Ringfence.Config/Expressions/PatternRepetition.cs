using System.Globalization;

namespace Ringfence.Config.Expressions;

/// <summary>A repetition such as <c>*</c>, <c>+?</c> or <c>{2,5}</c>.</summary>
/// <param name="Written">As written.</param>
/// <param name="Translated">For .NET, never lazy.</param>
/// <param name="Copies">How many copies RE2 makes of what is repeated; 0 when it drops it.</param>
/// <param name="IsInOrder">Whether the first count is not above the second.</param>
internal readonly record struct PatternRepetition(string Written, string Translated, int Copies, bool IsInOrder)
{
    private const int LargestRead = 100_000;

    /// <summary>Reads a repetition; null when none begins here. A brace that holds no counts is a character.</summary>
    public static PatternRepetition? TryRead(PatternReader reader)
    {
        var start = reader.Position;
        PatternRepetition? found = null;
        if (reader.Current is '*' or '+' or '?' && !reader.AtEnd)
        {
            reader.Position++;
            found = new PatternRepetition("", reader.Slice(start, reader.Position), 1, true);
        }
        else if (reader.Current == '{')
        {
            found = TryReadCounts(reader);
        }

        if (found is null)
        {
            reader.Position = start;
            return null;
        }

        if (reader.Current == '?')
            reader.Position++;

        return found.Value with { Written = reader.Slice(start, reader.Position) };
    }

    private static PatternRepetition? TryReadCounts(PatternReader reader)
    {
        reader.Position++;
        if (TryReadNumber(reader) is not { } least)
            return null;

        int? most = least;
        if (reader.Current == ',')
        {
            reader.Position++;
            most = reader.Current == '}' ? null : TryReadNumber(reader) ?? -1;
            if (most == -1)
                return null;
        }

        if (reader.Current != '}')
            return null;

        reader.Position++;
        var translated = most == least ? Text($"{{{least}}}") : Text($"{{{least},{most}}}");
        // Without an upper bound an empty minimum leaves one copy, as for a star.
        var copies = most ?? Math.Max(least, 1);
        return new PatternRepetition("", translated, copies, most is null || least <= most);
    }

    private static int? TryReadNumber(PatternReader reader)
    {
        var start = reader.Position;
        var value = 0;
        while (char.IsAsciiDigit(reader.Current))
            value = Math.Min((value * 10) + (reader.Slice(reader.Position, ++reader.Position)[0] - '0'), LargestRead);

        // A leading zero makes the brace a character.
        return reader.Position == start || (reader.Slice(start, start + 1) == "0" && reader.Position > start + 1) ? null : value;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
