using System.Globalization;
using System.Text;

namespace Ringfence.Gate.Forms;

/// <summary>A value's bytes as numbers: hexadecimal with and without separators, decimal, and the rows of a hex dump.</summary>
internal static class HexForms
{
    /// <summary>Bytes of the longest value whose separated forms and rows are looked for; a longer one is caught without separators.</summary>
    private const int LongestSeparated = 512;

    private const int Row = 16;

    public static IEnumerable<Form> Of(byte[] value)
    {
        yield return Hex("hex", value);
        yield return Upper("hex", value);
        if (value.Length > LongestSeparated)
            yield break;

        // Spaces and line ends need no form of their own; nor do \x41 and %41, which the decoding view resolves.
        foreach (var (name, format) in new[] { ("hex with colons", "x2|:"), ("hex with colons", "X2|:"), ("hex with dashes", "x2|-"), ("hex with dashes", "X2|-"), ("hex with commas", "x2|,"), ("hex with commas", "X2|,") })
            yield return Separated(name, value, "", format[..2], format[3..]);
        yield return Separated("hex with 0x", value, "0x", "x2", ",");
        yield return Separated("hex with 0x", value, "0x", "X2", ",");
        yield return Separated("hex with 0x", value, "0x", "x2", "");
        yield return Separated("decimal bytes", value, "", "D", ",");
        yield return Separated("decimal bytes", value, "", "D", "");
        foreach (var form in Rows(value))
            yield return form;
    }

    /// <summary>A dump of a value that begins it. Between its rows stand offsets, so each row is looked for.</summary>
    private static IEnumerable<Form> Rows(byte[] value)
    {
        for (var start = PublicStart.LengthOf(value) / Row * Row; start < value.Length; start += Row)
        {
            var row = value[start..Math.Min(value.Length, start + Row)];
            if (row.Length < MaskingLimit.ShortestEncoded)
                yield break;
            var swapped = Swapped(row);
            yield return Hex("row of a dump in words", swapped);
            if (value.Length <= Row)
                continue;
            yield return Hex("row of a hex dump", row);
            yield return Upper("row of a hex dump", row);
            if (row.Length == Row && LooksRandom(row))
                yield return new Form("row of a dump", row);
        }
    }

    /// <summary>Otherwise the beginning of an address or a sentence would be masked wherever it stands.</summary>
    private static bool LooksRandom(byte[] row) =>
        row.All(b => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'+' or (byte)'/' or (byte)'=' or (byte)'_' or (byte)'-')
        && (row.Count(b => char.IsAsciiDigit((char)b)) >= 3
            || (row.Any(b => char.IsAsciiDigit((char)b)) && row.Any(b => char.IsAsciiLetterUpper((char)b)) && row.Any(b => char.IsAsciiLetterLower((char)b))));

    private static byte[] Swapped(byte[] row)
    {
        byte[] swapped = [.. row, .. new byte[row.Length % 2]];
        for (var i = 0; i < swapped.Length; i += 2)
            (swapped[i], swapped[i + 1]) = (swapped[i + 1], swapped[i]);
        return row.Length % 2 == 0 ? swapped : swapped[..^2];
    }

    private static Form Hex(string name, byte[] value) => new(name, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(value)));

    private static Form Upper(string name, byte[] value) => new(name, Encoding.ASCII.GetBytes(Convert.ToHexString(value)));

    private static Form Separated(string name, byte[] value, string before, string format, string between) =>
        new(name, Encoding.ASCII.GetBytes(string.Join(between, value.Select(b => before + b.ToString(format, CultureInfo.InvariantCulture)))));
}
