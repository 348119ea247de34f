using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Ringfence.Gate.Matching;

/// <summary>
/// Reads one escape: percent-encoding, XML and HTML entities, the backslash escapes of JSON, C and shells, and the colour sequences of terminals.
/// What was escaped several times over (<c>%2541</c>, <c>&amp;amp;lt;</c>, <c>\\\"</c>) counts as escaped once.
/// </summary>
internal static class Escapes
{
    /// <summary>Bytes that one escape stands for.</summary>
    public const int MostBytes = 4;

    /// <summary>How often one thing may be escaped over and over.</summary>
    private const int MostLevels = 8;

    private const int LongestBackslashes = 16;
    private const int LongestSequence = 64;
    private const int MostCodePointDigits = 6;
    private const byte EscapeByte = 0x1B;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private static readonly (byte[] Name, byte Byte)[] Entities =
    [
        ("lt;"u8.ToArray(), (byte)'<'), ("gt;"u8.ToArray(), (byte)'>'), ("quot;"u8.ToArray(), (byte)'"'),
        ("apos;"u8.ToArray(), (byte)'\''), ("nbsp;"u8.ToArray(), (byte)' '),
    ];

    /// <summary>The raw length of the escape at the start of the text; 0 if more text has to come to know.</summary>
    public static int Read(ReadOnlySpan<byte> text, bool isLast, Span<byte> decoded, out int written)
    {
        var length = text[0] switch
        {
            (byte)'%' => Percent(text, decoded, out written),
            (byte)'&' => Entity(text, decoded, out written),
            EscapeByte => Sequence(text, out written),
            _ => Backslash(text, decoded, out written),
        };
        if (length > 0)
            return length;
        if (!isLast)
            return 0;

        // Cut off: the byte is what it is.
        decoded[0] = text[0];
        written = 1;
        return 1;
    }

    private static int Percent(ReadOnlySpan<byte> text, Span<byte> decoded, out int written)
    {
        var at = 1;
        for (var level = 0; level < MostLevels && text[at..].StartsWith("25"u8); level++)
            at += 2;
        written = 1;
        var rest = text[at..];
        if (rest.Length < 2 && (rest.IsEmpty || rest[0] == 'u' || char.IsAsciiHexDigit((char)rest[0])))
            return 0;
        if (char.IsAsciiHexDigit((char)rest[0]) && char.IsAsciiHexDigit((char)rest[1]))
        {
            decoded[0] = (byte)Number(rest[..2], hex: true);
            return at + 2;
        }

        // The old escape() of JavaScript.
        if (rest[0] == 'u' && Unicode(rest[1..], decoded, ref written) is var length && length != 0)
            return length < 0 ? 0 : at + 1 + length;
        decoded[0] = (byte)'%';
        return at;
    }

    /// <summary>Four hexadecimal digits. -1: more has to come; 0: none.</summary>
    private static int Unicode(ReadOnlySpan<byte> text, Span<byte> decoded, ref int written)
    {
        const int Digits = 4;
        var end = 0;
        while (end < text.Length && end < Digits && char.IsAsciiHexDigit((char)text[end]))
            end++;
        if (end < Digits)
            return end == text.Length ? -1 : 0;
        if (!Rune.TryCreate(Number(text[..Digits], hex: true), out var rune))
            return 0;
        written = rune.EncodeToUtf8(decoded);
        return Digits;
    }

    private static int Entity(ReadOnlySpan<byte> text, Span<byte> decoded, out int written)
    {
        var at = 1;
        for (var level = 0; level < MostLevels && text[at..].StartsWith("amp;"u8); level++)
            at += 4;
        written = 1;
        var rest = text[at..];
        if (rest.Length < 4 && "amp;"u8.StartsWith(rest))
            return 0;
        foreach (var (name, b) in Entities)
        {
            if (rest.StartsWith(name))
            {
                decoded[0] = b;
                return at + name.Length;
            }

            if (name.AsSpan().StartsWith(rest))
                return 0;
        }

        if (rest[0] == '#' && Numeric(rest, decoded, ref written) is var length && length != 0)
            return length < 0 ? 0 : at + length;
        decoded[0] = (byte)'&';
        return at;
    }

    /// <summary>-1: more has to come; 0: none.</summary>
    private static int Numeric(ReadOnlySpan<byte> text, Span<byte> decoded, ref int written)
    {
        if (text.Length < 2)
            return -1;
        var hex = text[1] is (byte)'x' or (byte)'X';
        var start = hex ? 2 : 1;
        var end = start;
        while (end < text.Length && end - start < 7 && IsDigit(text[end], hex))
            end++;
        if (end == text.Length)
            return -1;
        if (end == start || text[end] != ';' || !Rune.TryCreate(Number(text[start..end], hex), out var rune))
            return 0;
        written = rune.EncodeToUtf8(decoded);
        return end + 1;
    }

    /// <summary>Only what colours, chooses a set of signs and moves the cursor is left out whole. What else begins with ESC may carry text, such as links.</summary>
    private static int Sequence(ReadOnlySpan<byte> text, out int written)
    {
        written = 0;
        if (text.Length < 2)
            return 0;
        var at = 1;
        if (text[at] == '[')
        {
            at++;
            while (at < text.Length && at < LongestSequence && text[at] is >= 0x30 and <= 0x3F)
                at++;
        }
        else if (text[at] is not (>= (byte)'(' and <= (byte)'/') || !IsIntermediate(text[at]))
        {
            return 1;
        }

        while (at < text.Length && at < LongestSequence && IsIntermediate(text[at]))
            at++;
        if (at == text.Length && at < LongestSequence)
            return 0;
        return at < LongestSequence && text[at] >= (text[1] == '[' ? 0x40 : 0x30) && text[at] <= 0x7E ? at + 1 : 1;
    }

    /// <summary>The signs of masks are none: a mask behind ESC would be left out, and what stands around it could be a secret.</summary>
    private static bool IsIntermediate(byte sign) => sign is >= 0x20 and <= 0x2F and not ((byte)'*' or (byte)'#');

    private static int Backslash(ReadOnlySpan<byte> text, Span<byte> decoded, out int written)
    {
        written = 0;
        var at = 1;
        while (at < text.Length && at < LongestBackslashes && text[at] == '\\')
            at++;
        if (at == LongestBackslashes)
            return at;
        if (at == text.Length)
            return 0;
        return text[at] switch
        {
            (byte)'n' or (byte)'t' or (byte)'r' or (byte)'b' or (byte)'f' or (byte)'a' or (byte)'e' or (byte)'E' or (byte)'v' => at + 1,
            (byte)'x' => Byte(text, at, at + 1, 2, hex: true, decoded, ref written),
            >= (byte)'0' and <= (byte)'7' => Byte(text, at, at, 3, hex: false, decoded, ref written),
            (byte)'u' => Character(text, at, 4, decoded, ref written),
            (byte)'U' => Character(text, at, 8, decoded, ref written),
            _ => at,
        };
    }

    private static int Byte(ReadOnlySpan<byte> text, int backslashes, int start, int most, bool hex, Span<byte> decoded, ref int written)
    {
        var (end, value) = (start, 0);
        for (; end < text.Length && end - start < most && (hex ? char.IsAsciiHexDigit((char)text[end]) : text[end] is >= (byte)'0' and <= (byte)'7'); end++)
            value = hex ? (value << 4) + Convert.FromHexString([(char)'0', (char)text[end]])[0] : (value << 3) + text[end] - '0';
        if (end == text.Length && end - start < most)
            return 0;
        if (end == start)
            return backslashes;
        decoded[0] = (byte)value;
        written = 1;
        return end;
    }

    private static int Character(ReadOnlySpan<byte> text, int at, int digits, Span<byte> decoded, ref int written)
    {
        var start = at + 1;
        if (digits == 4 && start < text.Length && text[start] == '{')
            return Braced(text, at, start + 1, decoded, ref written);
        var end = start;
        while (end < text.Length && end - start < digits && char.IsAsciiHexDigit((char)text[end]))
            end++;
        if (end == text.Length && end - start < digits)
            return 0;
        if (end - start < digits)
            return at;
        var value = Number(text[start..end], hex: true);
        if (value is >= 0xD800 and < 0xDC00)
            return Pair(text, end, value, decoded, ref written);
        if (Rune.TryCreate(value, out var rune))
            written = rune.EncodeToUtf8(decoded);
        return end;
    }

    /// <summary>JavaScript, Rust and others write <c>\u{41}</c>.</summary>
    private static int Braced(ReadOnlySpan<byte> text, int backslashes, int start, Span<byte> decoded, ref int written)
    {
        var end = start;
        while (end < text.Length && end - start < MostCodePointDigits && char.IsAsciiHexDigit((char)text[end]))
            end++;
        if (end == text.Length)
            return 0;
        if (end == start || text[end] != '}' || !Rune.TryCreate(Number(text[start..end], hex: true), out var rune))
            return backslashes;
        written = rune.EncodeToUtf8(decoded);
        return end + 1;
    }

    /// <summary>JSON writes what is beyond 16 bits as two escapes.</summary>
    private static int Pair(ReadOnlySpan<byte> text, int end, int high, Span<byte> decoded, ref int written)
    {
        var at = end;
        while (at < text.Length && at - end < LongestBackslashes && text[at] == '\\')
            at++;
        if (text.Length < at + 5 && (at == text.Length || text[at] == 'u') && at - end < LongestBackslashes)
            return 0;
        if (at == end || text.Length < at + 5 || text[at] != 'u' || text[(at + 1)..(at + 5)].ContainsAnyExcept(HexDigits))
            return end;
        var low = Number(text[(at + 1)..(at + 5)], hex: true);
        if (low is < 0xDC00 or > 0xDFFF)
            return end;
        written = new Rune((char)high, (char)low).EncodeToUtf8(decoded);
        return at + 5;
    }

    private static bool IsDigit(byte b, bool hex) => hex ? char.IsAsciiHexDigit((char)b) : char.IsAsciiDigit((char)b);

    private static int Number(ReadOnlySpan<byte> digits, bool hex)
    {
        if (hex && Utf8Parser.TryParse(digits, out uint value, out _, 'x'))
            return value > int.MaxValue ? -1 : (int)value;
        return int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
