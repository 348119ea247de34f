using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ringfence.Runner.Blobs;

/// <summary>
/// The last bytes of a blob's file: a zstd skippable frame, which every zstd reader steps over, with the size of the content and the SHA-256 of
/// the compressed bytes before it. A file without it was not finished.
/// </summary>
/// <param name="Size">Bytes of the content.</param>
/// <param name="StoredHash">SHA-256 of the compressed bytes.</param>
internal sealed record BlobTrailer(long Size, byte[] StoredHash)
{
    // RFC 8878, section 3.1.2: 0x184D2A5? is the magic number of a skippable frame; the length of its content follows.
    private const uint Magic = 0x184D2A5C;
    private const uint Mark = 0x31424652; // "RFB1"
    private const int FrameHeader = 8;

    public const int Length = FrameHeader + 4 + 8 + SHA256.HashSizeInBytes;

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), Length - FrameHeader);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(FrameHeader), Mark);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(FrameHeader + 4), Size);
        StoredHash.CopyTo(bytes.AsSpan(FrameHeader + 12));
        return bytes;
    }

    public static BlobTrailer? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Length - FrameHeader
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[FrameHeader..]) != Mark)
            return null;

        return new BlobTrailer(BinaryPrimitives.ReadInt64LittleEndian(bytes[(FrameHeader + 4)..]), bytes[(FrameHeader + 12)..].ToArray());
    }
}
