using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace Ringfence.Cli.Output;

/// <summary>Makes text from a config safe to show: what could drive a terminal or turn the reading order round becomes visible instead.</summary>
internal static class DisplayText
{
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>The text on one line, with every control and formatting character written out as <c>\x1b</c> or <c>\u{202e}</c>.</summary>
    public static string Escape(string text)
    {
        if (!NeedsEscape(text))
            return text;

        var shown = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
            shown.Append(Show(rune));
        return shown.ToString();
    }

    /// <summary>One character as it is shown.</summary>
    public static string Show(Rune rune)
    {
        if (!MustEscape(rune))
            return rune.ToString();
        return rune.Value switch
        {
            '\n' => @"\n",
            '\r' => @"\r",
            '\t' => @"\t",
            < 0x100 => string.Create(CultureInfo.InvariantCulture, $@"\x{rune.Value:x2}"),
            _ => string.Create(CultureInfo.InvariantCulture, $@"\u{{{rune.Value:x4}}}"),
        };
    }

    /// <summary>How many columns of a terminal a text takes that was made safe before.</summary>
    public static int Width(string text) => System.Text.Ascii.IsValid(text) ? text.Length : new Segment(text).CellCount();

    private static bool NeedsEscape(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (MustEscape(rune))
                return true;
        }

        return false;
    }

    private static bool MustEscape(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => rune.Value != ZeroWidthJoiner,
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => true,
        _ => false,
    };
}
