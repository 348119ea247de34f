using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ringfence.Gate.Matching;

/// <summary>
/// Finds needles in a view. It looks at every fourth or eighth place only: a needle is entered under the four or eight groups of five bytes that can
/// be its last one at such a place. Groups are compared without case first, in a table of bits that fits into the processor's cache.
/// </summary>
internal sealed class GramTable
{
    /// <summary>The stride for needles of at least eight bytes.</summary>
    public const int ShortStride = 4;

    /// <summary>The stride for needles of at least <see cref="LongNeedle"/> bytes.</summary>
    public const int LongStride = 8;

    /// <summary>Bytes of a needle that the longer stride cannot miss.</summary>
    public const int LongNeedle = Gram + LongStride - 1;

    private const int Gram = 5;
    private const int Unused = 8 * (sizeof(ulong) - Gram);
    private const ulong Fold = 0x2020202020202020;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private readonly int _stride;
    private readonly ulong[] _bits;
    private readonly int _bitShift;
    private readonly ulong[] _keys;
    private readonly int[] _firsts;
    private readonly int _keyShift;
    private readonly List<(Needle Needle, int ToEnd, int Next)> _entries = [];

    public GramTable(IReadOnlyList<Needle> needles, int stride)
    {
        _stride = stride;
        var grams = Math.Max(1, needles.Count * stride);
        // 1 in 32 bits at most: one wrong guess costs as much as dozens of right ones. Not beyond half a megabyte: the cache has to hold it.
        var bits = Math.Clamp(BitOperations.Log2((uint)grams) + 6, 13, 22);
        _bits = new ulong[1 << (bits - 6)];
        _bitShift = 64 - bits;
        var keys = BitOperations.Log2((uint)grams) + 2;
        _keys = new ulong[1 << keys];
        _firsts = new int[1 << keys];
        _keyShift = 64 - keys;
        foreach (var needle in needles)
            Add(needle);
    }

    public void FindAll(CanonicalView view, bool isEscaped, List<Match> matches)
    {
        var length = view.Bytes.Length;
        if (length < Gram || _entries.Count == 0)
            return;
        ref var first = ref view.First;
        ref var bits = ref MemoryMarshal.GetArrayDataReference(_bits);
        var shift = _bitShift;
        var stride = _stride;
        var last = length - Gram;
        var at = 0;
        for (; at <= last - (3 * stride); at += 4 * stride)
        {
            var a = Key(ref first, at);
            var b = Key(ref first, at + stride);
            var c = Key(ref first, at + (2 * stride));
            var d = Key(ref first, at + (3 * stride));
            if (((Bit(ref bits, a, shift) | Bit(ref bits, b, shift) | Bit(ref bits, c, shift) | Bit(ref bits, d, shift)) & 1) == 0)
                continue;
            FindAt(view.Bytes, at, a, isEscaped, matches);
            FindAt(view.Bytes, at + stride, b, isEscaped, matches);
            FindAt(view.Bytes, at + (2 * stride), c, isEscaped, matches);
            FindAt(view.Bytes, at + (3 * stride), d, isEscaped, matches);
        }

        for (; at <= last; at += stride)
            FindAt(view.Bytes, at, Key(ref first, at), isEscaped, matches);
    }

    // The five bytes without case, times the multiplier: the highest bits are the best mixed.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Key(ref byte first, int at) => (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, at)) | Fold) << Unused;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bit(ref ulong bits, ulong key, int shift)
    {
        var hash = (key * Multiplier) >> shift;
        return Unsafe.Add(ref bits, (nint)(hash >> 6)) >> (int)hash;
    }

    private void FindAt(ReadOnlySpan<byte> view, int at, ulong key, bool isEscaped, List<Match> matches)
    {
        if ((Bit(ref MemoryMarshal.GetArrayDataReference(_bits), key, _bitShift) & 1) == 0)
            return;
        var slot = Slot(key);
        if (_keys[slot] != key)
            return;
        for (var entry = _firsts[slot]; entry >= 0; entry = _entries[entry].Next)
        {
            var (needle, toEnd, _) = _entries[entry];
            var end = at + toEnd;
            var start = end - needle.Bytes.Length;
            if (start >= 0 && end <= view.Length && view[start..end].SequenceEqual(needle.Bytes))
                matches.Add(new Match(start, end, needle, isEscaped));
        }
    }

    private void Add(Needle needle)
    {
        Span<byte> eight = stackalloc byte[sizeof(ulong)];
        for (var offset = 0; offset < _stride; offset++)
        {
            var start = needle.Bytes.Length - Gram - offset;
            needle.Bytes.AsSpan(start, Gram).CopyTo(eight);
            var key = Key(ref MemoryMarshal.GetReference(eight), 0);
            var hash = (key * Multiplier) >> _bitShift;
            _bits[hash >> 6] |= 1UL << (int)hash;
            var slot = Slot(key);
            var next = _keys[slot] == key ? _firsts[slot] : -1;
            _keys[slot] = key;
            _firsts[slot] = _entries.Count;
            _entries.Add((needle, Gram + offset, next));
        }
    }

    private int Slot(ulong key)
    {
        var slot = (int)((key * Multiplier) >> _keyShift);
        while (_keys[slot] != 0 && _keys[slot] != key)
            slot = (slot + 1) & (_keys.Length - 1);
        return slot;
    }
}
