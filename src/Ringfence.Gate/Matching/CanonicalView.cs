using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace Ringfence.Gate.Matching;

/// <summary>
/// A text without what may stand within a secret without hiding it, and the way back from there to the raw bytes.
/// There are two views: the plain one leaves bytes out; the decoding one also resolves escapes (<see cref="Escapes"/>).
/// </summary>
internal sealed class CanonicalView : IDisposable
{
    /// <summary>Raw bytes between two bytes of the view; more of them, and no form goes on. Keeps the memory bounded.</summary>
    public const int LongestGap = 128;

    /// <summary>Bytes behind the view that may be read and written (and mean nothing): a vector at once.</summary>
    private const int Slack = 64;

    private const byte BreakByte = (byte)'\n';

    private static readonly SearchValues<byte> EscapeStarts = SearchValues.Create("%&\\\u001b"u8);

    // For each pattern of eight kept bytes, the places of these bytes one behind the other.
    private static readonly ulong[] Shuffles = [.. Enumerable.Range(0, 256).Select(ShuffleOf)];

    private byte[] _bytes = [];
    private ViewSegment[] _segments = new ViewSegment[16];
    private int _count;
    private int _segmentCount;
    private int _keptEnd;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _count);

    /// <summary>The view's first byte, for reading up to seven bytes beyond its end.</summary>
    public ref byte First => ref MemoryMarshal.GetArrayDataReference(_bytes);

    public ReadOnlySpan<ViewSegment> Segments => _segments.AsSpan(0, _segmentCount);

    /// <summary>Where the raw bytes end that are in the view; behind it is an escape that has not ended yet.</summary>
    public int Decided { get; private set; }

    public static bool HasEscapes(ReadOnlySpan<byte> raw) => raw.ContainsAny(EscapeStarts);

    public void BuildPlain(ReadOnlySpan<byte> raw)
    {
        Start(raw.Length);
        AddPlain(raw, 0, raw.Length);
        End(raw.Length);
    }

    /// <param name="raw">The text; its first byte MUST NOT be in the middle of an escape.</param>
    /// <param name="isLast">Whether nothing follows, so that an escape that is cut off is none.</param>
    /// <returns>Whether this view differs from the plain one.</returns>
    public bool BuildDecoded(ReadOnlySpan<byte> raw, bool isLast)
    {
        Start(raw.Length);
        Span<byte> decoded = stackalloc byte[Escapes.MostBytes];
        var (start, at, differs) = (0, 0, false);
        while (raw[at..].IndexOfAny(EscapeStarts) is var next && next >= 0)
        {
            at += next;
            var length = Escapes.Read(raw[at..], isLast, decoded, out var written);
            if (length != 1)
            {
                differs = true;
                AddPlain(raw, start, at);
                if (length == 0)
                {
                    End(at);
                    return true;
                }

                AddEscape(at, at + length, decoded[..written]);
                start = at + length;
            }

            // One byte alone is no escape: a percent sign, say. The plain rules do the same with it.
            at += length;
        }

        AddPlain(raw, start, raw.Length);
        End(raw.Length);
        return differs;
    }

    /// <summary>The segment of the escape that the raw place is within, not at its start.</summary>
    public bool TryEscapeAround(int raw, out ViewSegment escape)
    {
        var segments = Segments;
        var (low, high) = (0, segments.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (segments[middle].RawEnd <= raw)
                low = middle + 1;
            else if (segments[middle].RawStart > raw)
                high = middle - 1;
            else
            {
                escape = segments[middle];
                return escape.Kind == ViewSegmentKind.Escape && escape.RawStart < raw;
            }
        }

        escape = default;
        return false;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);

    private static ulong ShuffleOf(int kept)
    {
        var places = 0UL;
        for (int bit = 0, to = 0; bit < 8; bit++)
        {
            if ((kept >> bit & 1) != 0)
                places |= (ulong)bit << (8 * to++);
        }

        return places;
    }

    private void Start(int rawLength)
    {
        // A decoded escape is never longer than its raw bytes; a break stands for many.
        if (_bytes.Length < rawLength + Slack)
        {
            CryptographicOperations.ZeroMemory(_bytes);
            _bytes = GC.AllocateUninitializedArray<byte>((int)BitOperations.RoundUpToPowerOf2((uint)(rawLength + Slack)), pinned: true);
        }

        (_count, _segmentCount, _keptEnd) = (0, 0, 0);
    }

    private void End(int decided)
    {
        Decided = decided;
        AddBreakIfLong(decided);
    }

    private void AddPlain(ReadOnlySpan<byte> raw, int from, int to)
    {
        var at = from;
        while (at < to && Junk.Is(raw[at]))
            at++;
        if (at == to)
            return;
        AddBreakIfLong(at);
        AddSegment(ViewSegmentKind.Plain, at, to);

        ref var source = ref MemoryMarshal.GetReference(raw);
        ref var target = ref First;
        if (Avx512Vbmi2.IsSupported)
            at = AddVectors(raw, at, from, to);
        var count = _count;
        while (at <= to - Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref source, (nuint)at);
            var junk = Junk.In(bytes).ExtractMostSignificantBits();
            if (junk == 0)
            {
                bytes.StoreUnsafe(ref target, (nuint)count);
                count += Vector128<byte>.Count;
            }
            else if (junk == 0xFFFF)
            {
                _count = count;
                at = SkipGap(raw, at, from, to);
                count = _count;
                continue;
            }
            else
            {
                count = Pack(bytes, ~junk & 0xFFFF, ref target, count);
            }

            at += Vector128<byte>.Count;
        }

        if (at < to && at <= raw.Length - Vector128<byte>.Count)
        {
            // The rest as a vector too; what is behind it counts as left out.
            var bytes = Vector128.LoadUnsafe(ref source, (nuint)at);
            var kept = ~Junk.In(bytes).ExtractMostSignificantBits() & ((1u << (to - at)) - 1);
            count = Pack(bytes, kept, ref target, count);
            at = to;
        }

        for (; at < to; at++)
        {
            var b = raw[at];
            Unsafe.Add(ref target, count) = b;
            count += Junk.Is(b) ? 0 : 1;
        }

        _count = count;
        _keptEnd = KeptEnd(raw, to, from);
    }

    /// <summary>Adds as much as fills vectors of 64 bytes, on processors that can pack their bytes in one go.</summary>
    /// <returns>Where the rest begins.</returns>
    private int AddVectors(ReadOnlySpan<byte> raw, int at, int from, int to)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        ref var target = ref First;
        var count = _count;
        while (at <= to - Vector512<byte>.Count)
        {
            var bytes = Vector512.LoadUnsafe(ref source, (nuint)at);
            var junk = Junk.In(bytes);
            var kept = ~junk.ExtractMostSignificantBits();
            if (kept == 0)
            {
                _count = count;
                at = SkipGap(raw, at, from, to);
                count = _count;
                continue;
            }

            Avx512Vbmi2.Compress(Vector512<byte>.Zero, ~junk, bytes).StoreUnsafe(ref target, (nuint)count);
            count += BitOperations.PopCount(kept);
            at += Vector512<byte>.Count;
        }

        _count = count;
        return at;
    }

    /// <summary>Writes the bytes whose bits are set one behind the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Pack(Vector128<byte> bytes, uint kept, ref byte target, int count)
    {
        ref var shuffles = ref MemoryMarshal.GetArrayDataReference(Shuffles);
        var (low, high) = (kept & 0xFF, kept >> 8);
        var places = Vector128.Create(Unsafe.Add(ref shuffles, low), Unsafe.Add(ref shuffles, high) + 0x0808080808080808UL).AsByte();
        var packed = Vector128.ShuffleNative(bytes, places).AsUInt64();
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, count), packed.GetElement(0));
        count += BitOperations.PopCount(low);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, count), packed.GetElement(1));
        return count + BitOperations.PopCount(high);
    }

    /// <summary>A gap longer than a vector begins before <paramref name="at"/> or there; whether it is too long does not depend on where vectors lie.</summary>
    private int SkipGap(ReadOnlySpan<byte> raw, int at, int from, int to)
    {
        _keptEnd = KeptEnd(raw, at, from);
        var next = at;
        while (next < to && Junk.Is(raw[next]))
            next++;
        if (next < to && AddBreakIfLong(next))
            AddSegment(ViewSegmentKind.Plain, next, to);
        return next;
    }

    private int KeptEnd(ReadOnlySpan<byte> raw, int at, int from)
    {
        while (at > from && Junk.Is(raw[at - 1]))
            at--;
        return at > from ? at : _keptEnd;
    }

    private void AddEscape(int from, int to, ReadOnlySpan<byte> decoded)
    {
        var kept = false;
        foreach (var b in decoded)
            kept |= !Junk.Is(b);
        if (kept)
            AddBreakIfLong(from);
        AddSegment(ViewSegmentKind.Escape, from, to);
        if (!kept)
            return;
        foreach (var b in decoded)
        {
            if (!Junk.Is(b))
                _bytes[_count++] = b;
        }

        _keptEnd = to;
    }

    private bool AddBreakIfLong(int at)
    {
        if (at - _keptEnd <= LongestGap)
            return false;
        // Escapes that stand for nothing lie in the gap and keep their segments.
        AddSegment(ViewSegmentKind.Break, at, at);
        _bytes[_count++] = BreakByte;
        return true;
    }

    private void AddSegment(ViewSegmentKind kind, int from, int to)
    {
        // SkipGap cuts the plain segment that it is in.
        if (_segmentCount > 0 && _segments[_segmentCount - 1] is { } last && last.RawEnd > from)
            _segments[_segmentCount - 1] = last with { RawEnd = from };
        if (_segmentCount == _segments.Length)
            Array.Resize(ref _segments, 2 * _segments.Length);
        _segments[_segmentCount++] = new ViewSegment(kind, from, to, _count);
    }
}
