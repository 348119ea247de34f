using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ringfence.Cli.Output;

/// <summary>Counts of bytes as people write and read them.</summary>
internal static class ByteText
{
    // Disks are sold by thousands and memory is counted by 1024; who writes the i means the second.
    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("KB", 1000), ("MB", 1000_000), ("GB", 1000_000_000), ("TB", 1000_000_000_000),
        ("B", 1),
    ];

    /// <summary>A count with one digit after the point: <c>1.5 MiB</c>.</summary>
    public static string Of(long count) => count switch
    {
        < 1L << 10 => string.Create(CultureInfo.InvariantCulture, $"{count} B"),
        < 1L << 20 => Scaled(count, 1L << 10, "KiB"),
        < 1L << 30 => Scaled(count, 1L << 20, "MiB"),
        < 1L << 40 => Scaled(count, 1L << 30, "GiB"),
        _ => Scaled(count, 1L << 40, "TiB"),
    };

    /// <summary>Reads a count such as <c>10GB</c>, <c>1.5 GiB</c> or <c>4096</c>; <paramref name="whyNot"/> is one sentence when it is none.</summary>
    public static bool TryParse(string text, out long bytes, [NotNullWhen(false)] out string? whyNot)
    {
        var (unit, scale) = Units.FirstOrDefault(u => text.EndsWith(u.Unit, StringComparison.OrdinalIgnoreCase), ("", 1));
        var number = text.AsSpan(0, text.Length - unit.Length).TrimEnd();
        (bytes, whyNot) = (0, null);
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) || count > long.MaxValue / scale)
        {
            whyNot = $"'{DisplayText.Escape(text)}' is not a size.";
            return false;
        }

        bytes = (long)(count * scale);
        return true;
    }

    private static string Scaled(long count, long scale, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count / (double)scale:0.0} {unit}");
}
