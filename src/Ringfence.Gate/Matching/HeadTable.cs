using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ringfence.Gate.Matching;

/// <summary>Tells where the end of a text could be the beginning of a needle: what follows may complete it, so it has to wait.</summary>
internal sealed class HeadTable
{
    private const int HeadBits = 18;

    private readonly byte[][] _sorted;
    private readonly bool[] _firstBytes = new bool[256];
    private readonly ulong[] _heads = new ulong[1 << (HeadBits - 6)];

    public HeadTable(IEnumerable<Needle> needles)
    {
        _sorted = [.. needles.Select(needle => needle.Bytes)];
        Array.Sort(_sorted, static (left, right) => left.AsSpan().SequenceCompareTo(right));
        foreach (var needle in _sorted)
        {
            _firstBytes[needle[0]] = true;
            var hash = Hash(MemoryMarshal.Read<uint>(needle));
            _heads[hash >> 6] |= 1UL << (int)hash;
        }

        Longest = _sorted.Length == 0 ? 0 : _sorted.Max(needle => needle.Length);
    }

    /// <summary>Bytes of the longest needle.</summary>
    public int Longest { get; }

    /// <summary>The first place from where on the rest of the text begins a needle without completing it, and is at least so long; the text's length if there is none.</summary>
    public int FindOpen(ReadOnlySpan<byte> text, int shortest)
    {
        var at = Math.Max(0, text.Length - Longest + 1);
        for (; at <= text.Length - sizeof(uint); at++)
        {
            var hash = Hash(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at)));
            if ((_heads[hash >> 6] >> (int)hash & 1) != 0 && text.Length - at >= shortest && IsOpen(text[at..]))
                return at;
        }

        for (; at <= text.Length - shortest; at++)
        {
            if (_firstBytes[text[at]] && IsOpen(text[at..]))
                return at;
        }

        return text.Length;
    }

    private static uint Hash(uint head) => (head * 2654435761u) >> (32 - HeadBits);

    private bool IsOpen(ReadOnlySpan<byte> rest)
    {
        // The first needle behind the rest itself in the order of bytes begins with it, if any longer one does.
        var (low, high) = (0, _sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_sorted[middle].AsSpan().SequenceCompareTo(rest) <= 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low < _sorted.Length && _sorted[low].AsSpan().StartsWith(rest);
    }
}
