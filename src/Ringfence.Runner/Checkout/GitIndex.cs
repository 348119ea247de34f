using System.Buffers.Binary;
using System.Text;

namespace Ringfence.Runner.Checkout;

/// <summary>Reads which files git tracks from its index (gitformat-index(5)), for images that have no git.</summary>
internal static class GitIndex
{
    private const int HeaderLength = 12;
    private const int StatLength = 40;
    private const int ExtendedFlag = 0x4000;

    /// <summary>The names; none when the file is no index of a version that is known.</summary>
    public static IReadOnlyList<string> Names(ReadOnlySpan<byte> index)
    {
        if (index.Length < HeaderLength || !index.StartsWith("DIRC"u8))
            return [];
        // Whether digests are SHA-1 or SHA-256 stands only in the config.
        return Read(index, digestLength: 20) ?? Read(index, digestLength: 32) ?? [];
    }

    private static List<string>? Read(ReadOnlySpan<byte> index, int digestLength)
    {
        var version = BinaryPrimitives.ReadUInt32BigEndian(index[4..]);
        var count = BinaryPrimitives.ReadUInt32BigEndian(index[8..]);
        if (version is < 2 or > 4)
            return null;

        var names = new List<string>();
        var name = new List<byte>();
        var at = HeaderLength;
        for (var i = 0u; i < count; i++)
        {
            var start = at;
            at += StatLength + digestLength;
            if (at + 2 > index.Length)
                return null;
            at += (BinaryPrimitives.ReadUInt16BigEndian(index[at..]) & ExtendedFlag) != 0 ? 4 : 2;
            if (at >= index.Length)
                return null;
            if (version == 4)
            {
                // Such a name says how much of the end of the one before it falls away.
                if (!TryReadOffset(index, ref at, out var gone) || gone > name.Count)
                    return null;
                name.RemoveRange(name.Count - (int)gone, (int)gone);
            }
            else
            {
                name.Clear();
            }

            var length = index[at..].IndexOf((byte)0);
            if (length < 0)
                return null;
            name.AddRange(index.Slice(at, length));
            if (name.Count == 0 || name[0] == '/')
                return null;
            at += length + 1;
            if (version < 4)
                at = start + ((at - start + 7) & ~7);
            names.Add(Encoding.UTF8.GetString([.. name]));
        }

        return names;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> index, ref int at, out long value)
    {
        value = 0;
        for (var digits = 0; digits < 5 && at < index.Length; digits++)
        {
            var digit = index[at++];
            value = (value << 7) | (uint)(digit & 0x7F);
            if ((digit & 0x80) == 0)
                return true;
            value++;
        }

        return false;
    }
}
