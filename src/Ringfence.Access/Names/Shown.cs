using System.Globalization;

namespace Ringfence.Access.Names;

/// <summary>Makes a text from outside fit for a sentence on one line: nothing in it moves the cursor, turns the direction or fills the screen.</summary>
internal static class Shown
{
    private const int Longest = 100;

    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var end = text.Length <= Longest ? text.Length : char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        var shown = string.Create(end, text, static (into, from) =>
        {
            for (var i = 0; i < into.Length; i++)
                into[i] = IsPlain(from[i]) ? from[i] : ' ';
        });
        return end < text.Length ? $"{shown}…" : shown;
    }

    private static bool IsPlain(char c) => char.GetUnicodeCategory(c)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
