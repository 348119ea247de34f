using System.Diagnostics.CodeAnalysis;
using System.Globalization;

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
