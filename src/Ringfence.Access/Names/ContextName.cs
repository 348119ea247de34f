using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Ringfence.Access.Names;

/// <summary>The name of a context (CTX-1). People use it; decisions use the <see cref="ContextId"/>.</summary>
public sealed record ContextName
{
    private ContextName(string text) => Text = text;

    /// <summary>The name as written.</summary>
    public string Text { get; }

    /// <summary>Reads a name, or says what is wrong with it in one sentence.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ContextName? name, [NotNullWhen(false)] out string? whyNot)
    {
        ArgumentNullException.ThrowIfNull(text);
        whyNot = WhyNot(text);
        name = whyNot is null ? new ContextName(text) : null;
        return name is not null;
    }

    /// <summary>What keeps a new context from having a name, in one sentence; null when nothing does. CTX-1 allows these, and stored contexts may have them.</summary>
    public static string? WhyNotNew(ContextName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Text.EnumerateRunes().FirstOrDefault(IsHidden) is { Value: > 0 } hidden
            ? string.Create(CultureInfo.InvariantCulture, $"The name of a context holds the character U+{hidden.Value:X4}, which nobody sees, so that two names could look the same: leave it out.")
            : null;
    }

    /// <summary>Whether a character shows nothing where it stands, or turns the direction of others: Unicode's default-ignorable ones, and the blanks that count as letters and symbols.</summary>
    public static bool IsHidden(Rune character) => Rune.GetUnicodeCategory(character) is UnicodeCategory.Format
        || character.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2065 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0
            or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string? WhyNot(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "A context needs a name: write at least one character that is not a space.";
        if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
            return "The name of a context begins or ends with a space: remove it.";
        if (text.Any(IsUnprintable))
            return "The name of a context holds a line break or another control character: write it on one line.";

        // A character beyond the basic plane takes two places in a string and counts as one.
        return text.EnumerateRunes().Count() > AccessLimits.ContextNameCharacters
            ? string.Create(CultureInfo.InvariantCulture, $"The name of a context is longer than {AccessLimits.ContextNameCharacters} characters: shorten it.")
            : null;
    }

    // Control characters hold the vertical ones below U+2028; the others would let a name rewrite the terminal it is shown on.
    private static bool IsUnprintable(char c) => (char.IsControl(c) && c != '\t') || c is '\u2028' or '\u2029';
}
