using System.Globalization;
using System.Text;
using Ringfence.Cli.Output;

namespace Ringfence.Cli.Run.Views;

/// <summary>Text from a config or a job, made safe and short enough for one output.</summary>
internal readonly record struct ShownText(OutputTraits Traits)
{
    // Longer text does not fit on any screen, and measuring it takes time.
    private const int Longest = 1000;

    /// <summary>The text on one line, without anything that drives a terminal, and in ASCII where the output shows nothing else.</summary>
    public string Of(string text)
    {
        var safe = DisplayText.Escape(text.Length > Longest ? text[..Longest] + RunSymbols.Of(Traits).Cut : text);
        if (Traits.Unicode || Ascii.IsValid(safe))
            return safe;

        var ascii = new StringBuilder(safe.Length);
        foreach (var rune in safe.EnumerateRunes())
            ascii.Append(rune.IsAscii ? rune.ToString() : $@"\u{{{rune.Value:x4}}}");
        return ascii.ToString();
    }

    /// <summary>As much of a text as fits into a width, safe, with a mark where it was cut.</summary>
    public string Cut(string text, int width)
    {
        var safe = Of(text);
        if (DisplayText.Width(safe) <= width)
            return safe;
        if (width <= 1)
            return "";

        var kept = new StringBuilder(width);
        var used = 1;
        foreach (var rune in safe.EnumerateRunes())
        {
            var one = rune.ToString();
            used += DisplayText.Width(one);
            if (used > width)
                break;
            kept.Append(one);
        }

        return kept.Append(RunSymbols.Of(Traits).Cut).ToString();
    }

    /// <summary>A text as a word of a shell command, for a person to copy.</summary>
    public static string ShellWord(string text)
    {
        var plain = text.Length > 0 && text[0] != '-' && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '@');
        if (plain)
            return text;
        return DisplayText.Escape(text) == text ? "'" + text.Replace("'", @"'\''", StringComparison.Ordinal) + "'" : EscapedWord(text);
    }

    // What cannot be shown is written as bash, zsh and ksh read it.
    private static string EscapedWord(string text)
    {
        var word = new StringBuilder("$'");
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\'' or '\\')
                word.Append('\\').Append((char)rune.Value);
            else if (DisplayText.Show(rune) is var shown && shown != rune.ToString())
                word.Append(CultureInfo.InvariantCulture, $@"\U{rune.Value:x8}");
            else
                word.Append(shown);
        }

        return word.Append('\'').ToString();
    }
}
