namespace Ringfence.Gate.Archives;

/// <summary>Tells archives by their first bytes; names can lie.</summary>
internal static class ContentSniffer
{
    /// <summary>Bytes that are enough to tell.</summary>
    public const int Length = TarHeader.Length;

    public static ContentKind KindOf(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]))
            return ContentKind.Gzip;
        if (start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) || IsSkippable(start))
            return ContentKind.Zstandard;
        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8))
            return ContentKind.Zip;
        if (start.StartsWith("BZh"u8) || start.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0])
            || start.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C]) || start.StartsWith((ReadOnlySpan<byte>)[0x04, 0x22, 0x4D, 0x18])
            || start.StartsWith("Rar!\u001A\u0007"u8))
            return ContentKind.Opaque;
        return TarHeader.IsOne(start) ? ContentKind.Tar : ContentKind.Other;
    }

    /// <summary>A frame that a Zstandard reader skips may come before the data.</summary>
    private static bool IsSkippable(ReadOnlySpan<byte> start) =>
        start.Length >= 4 && start[0] is >= 0x50 and <= 0x5F && start[1..4].SequenceEqual((ReadOnlySpan<byte>)[0x2A, 0x4D, 0x18]);
}
