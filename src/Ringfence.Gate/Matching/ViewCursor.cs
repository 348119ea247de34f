using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ringfence.Gate.Matching;

/// <summary>Finds the raw place of bytes of a view. Places MUST be asked for in ascending order, so that all answers together cost one pass.</summary>
internal ref struct ViewCursor(CanonicalView view, ReadOnlySpan<byte> raw)
{
    private readonly ReadOnlySpan<ViewSegment> _segments = view.Segments;
    private readonly ReadOnlySpan<byte> _raw = raw;
    private readonly int _viewLength = view.Bytes.Length;
    private int _segment;
    private int _rawAt = -1;
    private int _viewAt;

    /// <summary>The raw bytes that one byte of the view came from.</summary>
    public (int Start, int End) Find(int viewIndex)
    {
        while (EndOf(_segment) <= viewIndex)
        {
            _segment++;
            _rawAt = -1;
        }

        var segment = _segments[_segment];
        if (segment.Kind != ViewSegmentKind.Plain)
            return (segment.RawStart, segment.RawEnd);
        if (_rawAt < 0)
            (_rawAt, _viewAt) = (segment.RawStart, segment.ViewStart);
        Advance(viewIndex);
        return (_rawAt, _rawAt + 1);
    }

    private readonly int EndOf(int segment) => segment + 1 < _segments.Length ? _segments[segment + 1].ViewStart : _viewLength;

    private void Advance(int viewIndex)
    {
        ref var source = ref MemoryMarshal.GetReference(_raw);
        while (_rawAt <= _raw.Length - Vector128<byte>.Count)
        {
            var junk = Junk.In(Vector128.LoadUnsafe(ref source, (nuint)_rawAt)).ExtractMostSignificantBits();
            var kept = Vector128<byte>.Count - BitOperations.PopCount(junk);
            if (_viewAt + kept > viewIndex)
                break;
            _viewAt += kept;
            _rawAt += Vector128<byte>.Count;
        }

        for (; _viewAt < viewIndex || Junk.Is(_raw[_rawAt]); _rawAt++)
            _viewAt += Junk.Is(_raw[_rawAt]) ? 0 : 1;
    }
}
