using System.Buffers.Binary;
using System.Security.Cryptography;
using Ringfence.Primitives;

namespace Ringfence.Runner.Blobs;

/// <summary>
/// The last bytes of a blob's file: a zstd skippable frame, which every zstd reader steps over, with the size and the digest of the content and
/// a checksum of the compressed bytes before it. A file without it was not finished.
/// </summary>
/// <param name="Content">What the file must be named after.</param>
/// <param name="Size">Bytes of the content.</param>
/// <param name="Checksum">XXH3 of the compressed bytes, 128 bits: it finds damage, quickly. Who could change the file on purpose could change this too.</param>
internal sealed record BlobTrailer(Digest Content, long Size, UInt128 Checksum)
{
    // RFC 8878, section 3.1.2: 0x184D2A5? is the magic number of a skippable frame; the length of its content follows.
    private const uint Magic = 0x184D2A5C;
    private const uint Mark = 0x32424652; // "RFB2"
    private const int FrameHeader = 8;
    private const int SizeAt = FrameHeader + 4, ContentAt = SizeAt + 8, ChecksumAt = ContentAt + SHA256.HashSizeInBytes;

    public const int Length = ChecksumAt + 16;

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), Length - FrameHeader);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(FrameHeader), Mark);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(SizeAt), Size);
        Convert.FromHexString(Content.Hex).CopyTo(bytes.AsSpan(ContentAt));
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(ChecksumAt), Checksum);
        return bytes;
    }

    public static BlobTrailer? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Length - FrameHeader
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[FrameHeader..]) != Mark)
            return null;

        var content = Digest.Parse("sha256:" + Convert.ToHexStringLower(bytes[ContentAt..ChecksumAt]));
        return new BlobTrailer(content, BinaryPrimitives.ReadInt64LittleEndian(bytes[SizeAt..]), BinaryPrimitives.ReadUInt128LittleEndian(bytes[ChecksumAt..]));
    }
}
