using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Ringfence.Gate.Tests.Cases;

/// <summary>What programs make of a value before they print it.</summary>
internal static class Encoders
{
    private const string Base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Base64(string text) => Convert.ToBase64String(Bytes(text));

    public static string Base64Url(string text) => Base64(text).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    public static string Utf16Base64(string text) => Convert.ToBase64String(Encoding.Unicode.GetBytes(text));

    public static string Hex(string text) => Convert.ToHexStringLower(Bytes(text));

    public static string Each(string text, string format, string between) => string.Join(between, Bytes(text).Select(b => string.Format(CultureInfo.InvariantCulture, format, b)));

    public static string Octal(string text, string before) => string.Concat(Bytes(text).Select(b => before + Convert.ToString(b, 8).PadLeft(3, '0')));

    public static string Wrapped(string text, int width) => string.Join('\n', text.Chunk(width).Select(chunk => new string(chunk)));

    public static string Json(string text) => JsonSerializer.Serialize(text, JsonText.Default.String)[1..^1];

    public static string RelaxedJson(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    public static string Xml(string text, string apostrophe) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", apostrophe, StringComparison.Ordinal);

    /// <summary>How <c>set -x</c> shows an argument.</summary>
    public static string SetX(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>How <c>printf %q</c> shows an argument that is plain text.</summary>
    public static string PrintfQ(string text) => Ascii.IsValid(text)
        ? string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || "+-_./:=@%^,".Contains(c, StringComparison.Ordinal) ? c.ToString() : $"\\{c}"))
        : "$'" + string.Concat(Bytes(text).Select(b => b is (byte)'\'' ? "\\'" : b < 0x80 ? ((char)b).ToString() : "\\" + Convert.ToString(b, 8))) + "'";

    public static string Reversed(string text) => string.Concat(text.EnumerateRunes().Reverse().Select(rune => rune.ToString()));

    public static string Rot13(string text) => string.Concat(text.Select(c => char.IsAsciiLetterLower(c) ? (char)('a' + ((c - 'a' + 13) % 26)) : char.IsAsciiLetterUpper(c) ? (char)('A' + ((c - 'A' + 13) % 26)) : c));

    public static string Base32(string text)
    {
        var bits = string.Concat(Bytes(text).Select(b => Convert.ToString(b, 2).PadLeft(8, '0')));
        return string.Concat(bits.Chunk(5).Select(chunk => Base32Letters[Convert.ToInt32(new string(chunk).PadRight(5, '0'), 2)]));
    }

    public static string Ascii85(string text)
    {
        var shown = new StringBuilder();
        foreach (var group in Bytes(text).Chunk(4))
        {
            var value = ((uint)group[0] << 24) | ((uint)group.ElementAtOrDefault(1) << 16) | ((uint)group.ElementAtOrDefault(2) << 8) | group.ElementAtOrDefault(3);
            var digits = new char[5];
            for (var i = 4; i >= 0; i--, value /= 85)
                digits[i] = (char)('!' + (value % 85));
            shown.Append(digits, 0, group.Length + 1);
        }

        return shown.ToString();
    }

    /// <summary>As <c>hexdump -C</c> and, without the bars, <c>xxd</c> print it.</summary>
    public static string Dump(string text, int groupBytes, string bar) => string.Join('\n', Bytes(text).Chunk(16).Select((row, index) =>
        $"{index * 16:x8}: {string.Join(' ', row.Chunk(groupBytes).Select(Convert.ToHexStringLower)),-48}  {bar}{string.Concat(row.Select(b => b is > 0x1F and < 0x7F ? (char)b : '.'))}{bar}"));

    /// <summary>As <c>hexdump</c> without options and <c>od -x</c> print it on this machine's kind of processor.</summary>
    public static string Words(string text) => string.Join('\n', Bytes(text).Chunk(16).Select((row, index) =>
        $"{index * 16:x7} {string.Join(' ', row.Chunk(2).Select(pair => $"{pair.ElementAtOrDefault(1):x2}{pair[0]:x2}"))}"));

    public static string GzipBase64(string text)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Bytes(text));
        return Convert.ToBase64String(target.ToArray());
    }

    public static string QuotedPrintable(string text) => string.Concat(Bytes(text).Select(b => b is > 0x20 and < 0x7F and not (byte)'=' ? ((char)b).ToString() : $"={b:X2}"));
}
