using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ringfence.Gate.Forms;

/// <summary>A value as text, changed in ways that keep it readable: other case, backwards, rot13, UTF-16, as a field of a form.</summary>
internal static class TextForms
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The text, or null if the value is none.</returns>
    public static string? TextOf(byte[] value)
    {
        try
        {
            return Strict.GetString(value);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    public static IEnumerable<Form> Of(string text)
    {
        yield return New("upper case", text.ToUpperInvariant());
        yield return New("lower case", text.ToLowerInvariant());
        yield return New("reversed", Reversed(text));
        yield return New("rot13", Rot13(text));
        if (text.Contains(' ', StringComparison.Ordinal))
            yield return New("field of a form", text.Replace(' ', '+'));
        foreach (var sign in (string[])["$", "%"])
        {
            if (text.Contains(sign, StringComparison.Ordinal))
                yield return New($"{sign} doubled", text.Replace(sign, sign + sign, StringComparison.Ordinal));
        }

        foreach (var form in Ascii.IsValid(text) ? [] : BeyondAscii(text))
            yield return form;
        var encoded = Base64Forms.Of("UTF-16", Encoding.Unicode.GetBytes(text))
            .Concat(Base64Forms.Of("the reversed value", Encoding.UTF8.GetBytes(Reversed(text))))
            .Concat(Base64Forms.Of("the percent-encoded value", Encoding.UTF8.GetBytes(Uri.EscapeDataString(text))))
            .Concat(Base64Forms.Of("the JSON", Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"")));
        foreach (var form in encoded)
            yield return form;
    }

    /// <summary>Of ASCII, these are the same bytes, or have zeros between them, which the view leaves out.</summary>
    private static IEnumerable<Form> BeyondAscii(string text)
    {
        yield return new Form("UTF-16", Encoding.Unicode.GetBytes(text));
        yield return new Form("UTF-16", Encoding.BigEndianUnicode.GetBytes(text));
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF'))
            yield return new Form("Latin-1", Encoding.Latin1.GetBytes(text));
        foreach (var normal in (string[])[LetterMarks.PutTogether(text), LetterMarks.TakeApart(text)])
            yield return New("Unicode normal form", normal);
    }

    /// <summary>By what a reader takes for one sign, as the program <c>rev</c> does; each line for itself comes to the same.</summary>
    private static string Reversed(string text) => string.Concat(text.EnumerateRunes().Reverse().Select(rune => rune.ToString()));

    private static string Rot13(string text) => string.Concat(text.Select(c => c switch
    {
        >= 'a' and <= 'z' => (char)('a' + ((c - 'a' + 13) % 26)),
        >= 'A' and <= 'Z' => (char)('A' + ((c - 'A' + 13) % 26)),
        _ => c,
    }));

    private static Form New(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}
