using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Ringfence.Access.Names;

namespace Ringfence.Cli.Output;

/// <summary>Names that people have given, in a list: none looks like another, or like one that they know, without being it. What would is written out as <c>\u{0435}</c>.</summary>
internal static class NameText
{
    // Letters of other scripts that most fonts draw as these, and the signs between words.
    private static readonly FrozenDictionary<int, char> Imitations = Pairs(
        ("аɑα", 'a'), ("еҽ", 'e'), ("оοօ", 'o'), ("рρ", 'p'), ("с", 'c'), ("уγ", 'y'), ("хχ", 'x'), ("іιı", 'i'), ("ѕ", 's'), ("ј", 'j'), ("һհ", 'h'), ("ԁ", 'd'), ("ԛ", 'q'),
        ("ԝ", 'w'), ("ӏ", 'l'), ("ɡց", 'g'), ("ոπ", 'n'), ("սυ", 'u'), ("νѵ", 'v'), ("κк", 'k'), ("тτ", 't'), ("м", 'm'), ("г", 'r'), ("АΑ", 'A'), ("ВΒ", 'B'), ("С", 'C'),
        ("ЕΕ", 'E'), ("НΗ", 'H'), ("ІΙӀ", 'I'), ("Ј", 'J'), ("КΚ", 'K'), ("МΜ", 'M'), ("Ν", 'N'), ("ОΟ", 'O'), ("РΡ", 'P'), ("Ѕ", 'S'), ("ТΤ", 'T'), ("УΥ", 'Y'), ("ХΧ", 'X'),
        ("Ζ", 'Z'), ("‐‑‒–—−", '-'), ("’‘", '\''), ("⁄∕", '/'));

    /// <summary>The names as they are shown, in the same order.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> names)
    {
        var twins = names.Distinct(StringComparer.Ordinal).GroupBy(Skeleton, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        return [.. names.Select(name => Show(name, twins.Contains(Skeleton(name))))];
    }

    private static string Show(string name, bool hasTwin)
    {
        var isLatin = name.Any(char.IsAsciiLetter);
        var shown = new StringBuilder();
        foreach (var character in name.EnumerateRunes())
        {
            if (!character.IsAscii && (hasTwin || ContextName.IsHidden(character) || IsAccentOnItsOwn(character) || (isLatin && Imitated(character) is not null)))
                shown.Append(CultureInfo.InvariantCulture, $@"\u{{{character.Value:x4}}}");
            else
                shown.Append(DisplayText.Show(character));
        }

        return shown.ToString();
    }

    /// <summary>What two names have in common that look the same.</summary>
    private static string Skeleton(string name)
    {
        var skeleton = new StringBuilder();
        foreach (var character in name.EnumerateRunes().Where(character => !ContextName.IsHidden(character)))
            skeleton.Append(Imitated(character)?.ToString() ?? character.ToString());
        return skeleton.ToString();
    }

    // With the letter before it, it looks like the one sign that is both.
    private static bool IsAccentOnItsOwn(Rune character) => character.Value is >= 0x0300 and <= 0x036F;

    /// <summary>The ASCII character that one looks like; null when it is that itself, or looks like none.</summary>
    private static char? Imitated(Rune character)
    {
        if (character.IsAscii)
            return null;
        if (Imitations.TryGetValue(character.Value, out var imitated))
            return imitated;

        // The blocks that hold ASCII once more. The runtime's own normalization does nothing in a program that has no culture.
        return character.Value switch
        {
            >= 0xFF01 and <= 0xFF5E => (char)(character.Value - 0xFF01 + '!'),
            >= 0x1D400 and <= 0x1D6A3 when (character.Value - 0x1D400) % 52 is var letter => (char)(letter < 26 ? 'A' + letter : 'a' + letter - 26),
            >= 0x1D7CE and <= 0x1D7FF => (char)('0' + ((character.Value - 0x1D7CE) % 10)),
            _ => Rune.GetUnicodeCategory(character) is UnicodeCategory.SpaceSeparator ? ' ' : null,
        };
    }

    private static FrozenDictionary<int, char> Pairs(params (string Imitations, char Imitated)[] pairs) =>
        pairs.SelectMany(pair => pair.Imitations.EnumerateRunes().Select(imitation => (imitation.Value, pair.Imitated))).ToFrozenDictionary(pair => pair.Value, pair => pair.Imitated);
}
