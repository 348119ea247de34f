using System.Text;

namespace Ringfence.Gate.Forms;

/// <summary>
/// The two normal forms of Unicode for the letters of Latin-1 and Latin Extended-A: a letter with its mark as one sign (NFC), or as two (NFD).
/// The runtime knows neither, since this program carries no data of languages with it (InvariantGlobalization): it gives every text back as it is.
/// </summary>
internal static class LetterMarks
{
    private static readonly (char Mark, string Bases, string Letters)[] Marked =
    [
        ('\u0300', "AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
        ('\u0301', "AEIOUYaeiouyCcLlNnRrSsZz", "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹź"),
        ('\u0302', "AEIOUaeiouCcGgHhJjSsWwYy", "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷ"),
        ('\u0303', "ANOanoIiUu", "ÃÑÕãñõĨĩŨũ"),
        ('\u0304', "AaEeIiOoUu", "ĀāĒēĪīŌōŪū"),
        ('\u0306', "AaEeGgIiOoUu", "ĂăĔĕĞğĬĭŎŏŬŭ"),
        ('\u0307', "CcEeGgIZz", "ĊċĖėĠġİŻż"),
        ('\u0308', "AEIOUaeiouyY", "ÄËÏÖÜäëïöüÿŸ"),
        ('\u030A', "AaUu", "ÅåŮů"),
        ('\u030B', "OoUu", "ŐőŰű"),
        ('\u030C', "CcDdEeLlNnRrSsTtZz", "ČčĎďĚěĽľŇňŘřŠšŤťŽž"),
        ('\u0327', "CcGgKkLlNnRrSsTt", "ÇçĢģĶķĻļŅņŖŗŞşŢţ"),
        ('\u0328', "AaEeIiUu", "ĄąĘęĮįŲų"),
    ];

    private static readonly Dictionary<char, string> Apart = Marked
        .SelectMany(row => row.Letters.Zip(row.Bases, (letter, bare) => (letter, Parts: $"{bare}{row.Mark}")))
        .ToDictionary(one => one.letter, one => one.Parts);

    private static readonly Dictionary<string, char> Together = Apart.ToDictionary(one => one.Value, one => one.Key, StringComparer.Ordinal);

    /// <summary>The text with each mark as a sign of its own.</summary>
    public static string TakeApart(string text) => string.Concat(text.Select(sign => Apart.GetValueOrDefault(sign) ?? sign.ToString()));

    /// <summary>The text with letters and their marks as one sign.</summary>
    public static string PutTogether(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var sign in text)
        {
            if (whole.Length > 0 && Together.TryGetValue($"{whole[^1]}{sign}", out var letter))
                whole[^1] = letter;
            else
                whole.Append(sign);
        }

        return whole.ToString();
    }
}
