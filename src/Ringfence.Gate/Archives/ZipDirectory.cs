using System.Buffers.Binary;

namespace Ringfence.Gate.Archives;

/// <summary>Looks at the end of a zip to learn how large its directory is, before anything holds it in memory.</summary>
internal static class ZipDirectory
{
    private const int EndBytes = 22;
    private const int LocatorBytes = 20;
    private const int LargeEndBytes = 56;
    private const int LongestComment = ushort.MaxValue;

    /// <summary>Stops if the directory is too large. What it claims of itself is not believed: it can reach from where it begins to the end of the file.</summary>
    public static void Check(Stream zip, ScanLimits limits)
    {
        var tail = new byte[(int)Math.Min(zip.Length, EndBytes + LongestComment)];
        ReadAt(zip, zip.Length - tail.Length, tail);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + EndBytes > tail.Length)
            throw new InvalidDataException("The zip has no end.");

        var end = zip.Length - tail.Length + at;
        var start = (long)BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
        var entries = (long)BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10));
        if ((start == uint.MaxValue || entries == ushort.MaxValue) && end >= LocatorBytes)
            (start, entries) = ReadLarge(zip, end - LocatorBytes) ?? (start, entries);
        if (start > end)
            throw new InvalidDataException("The directory of the zip begins behind its end.");
        if (end - start > limits.DirectoryBytes)
            throw new ScanStoppedException($"It is a zip whose directory has more than {limits.DirectoryBytes} bytes.");
        if (entries > limits.Entries)
            throw new ScanStoppedException($"There are more than {limits.Entries} entries.");
    }

    /// <summary>The numbers of a zip that is larger than the old form can say.</summary>
    private static (long Start, long Entries)? ReadLarge(Stream zip, long locator)
    {
        var block = new byte[LargeEndBytes];
        ReadAt(zip, locator, block.AsSpan(0, LocatorBytes));
        if (!block.AsSpan().StartsWith("PK\u0006\u0007"u8))
            return null;
        var place = BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(8));
        if (place < 0 || place > locator - LargeEndBytes)
            throw new InvalidDataException("The large end of the zip is not in it.");
        ReadAt(zip, place, block);
        var (entries, start) = (BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(32)), BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(48)));
        if (!block.AsSpan().StartsWith("PK\u0006\u0006"u8) || start < 0)
            throw new InvalidDataException("The large end of the zip is damaged.");
        return (start, entries);
    }

    private static void ReadAt(Stream zip, long position, Span<byte> target)
    {
        zip.Position = position;
        zip.ReadExactly(target);
    }
}
