using System.Buffers.Binary;
using System.Text;

namespace Ringfence.Gate.Archives;

/// <summary>One header block of a tar: what is needed to find the next one, and the names.</summary>
internal readonly record struct TarHeader(string Name, string LinkName, char Type, long Size)
{
    /// <summary>Bytes of a block.</summary>
    public const int Length = 512;

    /// <summary>Whether the block has the sum that a header has. Old archives have no other mark.</summary>
    public static bool IsOne(ReadOnlySpan<byte> block)
    {
        if (block.Length < Length || block[0] == 0)
            return false;
        var sum = 8 * ' ';
        for (var i = 0; i < Length; i++)
            sum += i is >= 148 and < 156 ? 0 : block[i];
        return TryNumber(block[148..156], out var written) && written == sum;
    }

    public static bool TryRead(ReadOnlySpan<byte> block, out TarHeader header)
    {
        header = default;
        if (!IsOne(block) || !TryNumber(block[124..136], out var size) || size < 0)
            return false;
        var prefix = block[257..262].SequenceEqual("ustar"u8) && block[262] == 0 ? Text(block[345..500]) : "";
        var name = Text(block[..100]);

        // One more name of a file has no content, whatever length it says: that is how tar reads it.
        header = new TarHeader(prefix.Length > 0 ? $"{prefix}/{name}" : name, Text(block[157..257]), (char)block[156], block[156] == (byte)'1' ? 0 : size);
        return true;
    }

    private static string Text(ReadOnlySpan<byte> field) => Encoding.UTF8.GetString(field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field);

    private static bool TryNumber(ReadOnlySpan<byte> field, out long number)
    {
        number = 0;
        if ((field[0] & 0x80) != 0)
        {
            // Binary, for what octal digits cannot hold.
            number = BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
            return field[0] == 0x80;
        }

        var digits = field.Trim(" \0"u8);
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
                return false;
            number = (number << 3) + digit - '0';
        }

        return true;
    }
}
