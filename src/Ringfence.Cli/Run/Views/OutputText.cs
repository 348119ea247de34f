using System.Buffers;
using System.Globalization;
using System.Text;
using Ringfence.Cli.Output;

namespace Ringfence.Cli.Run.Views;

/// <summary>Makes text of the bytes that a job printed. What could drive a terminal is left out or made visible; colours may stay.</summary>
internal static class OutputText
{
    private const byte Escape = 0x1b;
    private const int TabWidth = 8;
    private const int LongestShown = 2000;
    private const int LongestSequence = 64;

    /// <summary>What needs no second look.</summary>
    public static SearchValues<byte> Harmless { get; } = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (byte)c), (byte)'\t']);

    /// <summary>The same with the ends of lines.</summary>
    public static SearchValues<byte> HarmlessLines { get; } = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (byte)c), (byte)'\t', (byte)'\n']);

    /// <summary>What a terminal would show of a line in the end: after carriage returns, without escape sequences, with tabs as spaces.</summary>
    public static string LastState(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd((byte)'\r');
        line = line[(line.LastIndexOf((byte)'\r') + 1)..];
        if (line.Length > LongestShown)
            line = line[..LongestShown];

        var text = new StringBuilder(line.Length);
        while (line.Length > 0)
        {
            if (line[0] == Escape && SequenceLength(line) is > 0 and var skipped)
            {
                line = line[skipped..];
                continue;
            }

            if (line[0] == '\t')
            {
                text.Append(' ', TabWidth - (text.Length % TabWidth));
                line = line[1..];
                continue;
            }

            line = line[AppendOne(text, line)..];
        }

        return text.ToString().TrimEnd(' ');
    }

    /// <summary>A line for a log that goes by: escape sequences visible, apart from those of colours.</summary>
    public static void AppendVisible(StringBuilder text, ReadOnlySpan<byte> line, bool keepColours)
    {
        var coloured = false;
        while (line.Length > 0)
        {
            var harmless = line.IndexOfAnyExcept(Harmless);
            if (harmless != 0)
            {
                harmless = harmless < 0 ? line.Length : harmless;
                AppendAscii(text, line[..harmless]);
                line = line[harmless..];
                continue;
            }

            if (line[0] == Escape && ColourLength(line) is > 0 and var length)
            {
                if (keepColours)
                    AppendAscii(text, line[..length]);
                coloured = keepColours;
                line = line[length..];
                continue;
            }

            line = line[AppendOne(text, line)..];
        }

        // The next line may be another job's.
        if (coloured)
            text.Append("\e[0m");
    }

    /// <summary>Whether an escape sequence or a character has begun at the end and is not complete; then where.</summary>
    public static int CompleteLength(ReadOnlySpan<byte> bytes)
    {
        var last = bytes[^Math.Min(LongestSequence, bytes.Length)..].LastIndexOf(Escape);
        if (last >= 0)
        {
            var at = bytes.Length - Math.Min(LongestSequence, bytes.Length) + last;
            if (at > 0 && SequenceLength(bytes[at..]) == 0)
                return at;
        }

        return bytes.Length - OpenCharacter(bytes);
    }

    /// <summary>How many bytes at the end begin a UTF-8 character that is not complete: 0 to 3.</summary>
    public static int OpenCharacter(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var one = bytes[^back];
            if ((one & 0xC0) == 0x80)
                continue;
            var need = one switch { >= 0xF0 and <= 0xF4 => 4, >= 0xE0 and < 0xF0 => 3, >= 0xC2 and < 0xE0 => 2, _ => 1 };
            return need > back ? back : 0;
        }

        return 0;
    }

    private static void AppendAscii(StringBuilder text, ReadOnlySpan<byte> ascii)
    {
        Span<char> chars = stackalloc char[256];
        while (ascii.Length > 0)
        {
            var part = ascii[..Math.Min(chars.Length, ascii.Length)];
            Encoding.ASCII.GetChars(part, chars);
            text.Append(chars[..part.Length]);
            ascii = ascii[part.Length..];
        }
    }

    private static int AppendOne(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        if (Rune.DecodeFromUtf8(bytes, out var rune, out var used) == OperationStatus.Done)
        {
            text.Append(DisplayText.Show(rune));
            return used;
        }

        foreach (var one in bytes[..used])
            text.Append(CultureInfo.InvariantCulture, $@"\x{one:x2}");
        return used;
    }

    // ECMA-48: ESC [ parameters intermediates final. Only numbers, semicolons and colons with an m change how text looks and nothing else.
    private static int ColourLength(ReadOnlySpan<byte> bytes)
    {
        var length = SequenceLength(bytes);
        if (length < 3 || bytes[1] != '[' || bytes[length - 1] != 'm')
            return 0;
        foreach (var one in bytes[2..(length - 1)])
        {
            if (one is not ((>= (byte)'0' and <= (byte)'9') or (byte)';' or (byte)':'))
                return 0;
        }

        return length;
    }

    /// <summary>The length of the escape sequence that begins here; 0 when it does not end.</summary>
    private static int SequenceLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2)
            return 0;
        switch (bytes[1])
        {
            case (byte)'[':
                for (var i = 2; i < Math.Min(bytes.Length, LongestSequence); i++)
                {
                    if (bytes[i] is >= 0x40 and <= 0x7e)
                        return i + 1;
                    if (bytes[i] is < 0x20 or > 0x3f)
                        return 0;
                }

                return 0;
            case (byte)']' or (byte)'P' or (byte)'X' or (byte)'^' or (byte)'_':
                // A string for the terminal: ends with BEL or ESC \.
                for (var i = 2; i < bytes.Length; i++)
                {
                    if (bytes[i] == 0x07)
                        return i + 1;
                    if (bytes[i] == Escape)
                        return i + 1 < bytes.Length && bytes[i + 1] == '\\' ? i + 2 : 0;
                }

                return 0;
            case >= 0x20 and <= 0x2f:
                return bytes.Length > 2 && bytes[2] is >= 0x30 and <= 0x7e ? 3 : 0;
            case >= 0x30 and <= 0x7e:
                return 2;
            default:
                return 0;
        }
    }
}
