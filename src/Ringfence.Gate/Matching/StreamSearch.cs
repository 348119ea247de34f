using System.Buffers;
using System.Security.Cryptography;

namespace Ringfence.Gate.Matching;

/// <summary>
/// Searches one stream, however it is cut, and passes it on with the secrets masked, or only searches it. It keeps what may still become a secret,
/// and no more: at most the longest needle with the longest gap behind each of its bytes. Not safe to share between threads.
/// </summary>
internal sealed class StreamSearch(SecretMatcher matcher) : IDisposable
{
    /// <summary>Bytes that are looked at in one go: few enough for the cache, many enough to make little of what each look costs.</summary>
    private const int SliceBytes = 32 * 1024;

    private readonly Scan _scan = new();
    private readonly List<int> _inRegion = [];
    private byte[] _buffer = [];
    private int _length;
    private long _offset;
    private string _path = "";
    private Findings _findings = new();

    // How much of the buffer is out already, and whether it ended in a mask that a further match can widen.
    private int _emitted;
    private bool _isMaskOpen;

    /// <summary>What is looked for from the next byte on that is not out yet.</summary>
    public SecretMatcher Matcher { get; set; } = matcher;

    /// <summary>Whether bytes wait for what follows.</summary>
    public bool IsHolding => _length > _emitted;

    /// <summary>Begins another stream with the same buffers.</summary>
    public void Begin(string path, Findings findings)
    {
        (_path, _findings) = (path, findings);
        (_length, _offset, _emitted, _isMaskOpen) = (0, 0, 0, false);
        _inRegion.Clear();
    }

    /// <summary>Searches a text that is all there is.</summary>
    public void Whole(ReadOnlySpan<byte> text) => Step(text, isLast: true, isRelease: false, output: null);

    public void Write(ReadOnlySpan<byte> chunk, IBufferWriter<byte>? output)
    {
        while (!chunk.IsEmpty)
        {
            var slice = chunk[..Math.Min(chunk.Length, SliceBytes)];
            chunk = chunk[slice.Length..];
            if (_length == 0)
            {
                Step(slice, isLast: false, isRelease: false, output);
                continue;
            }

            Keep(slice);
            Step(_buffer.AsSpan(0, _length), isLast: false, isRelease: false, output);
        }
    }

    public void Release(IBufferWriter<byte>? output)
    {
        if (IsHolding)
            Step(_buffer.AsSpan(0, _length), isLast: false, isRelease: true, output);
    }

    public void Complete(IBufferWriter<byte>? output)
    {
        if (_length > 0)
            Step(_buffer.AsSpan(0, _length), isLast: true, isRelease: false, output);
        (_emitted, _isMaskOpen) = (0, false);
    }

    /// <summary>Zeroes what was held back.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_buffer);
        _scan.Dispose();
    }

    private void Step(ReadOnlySpan<byte> raw, bool isLast, bool isRelease, IBufferWriter<byte>? output)
    {
        _scan.Look(Matcher, raw, isLast, isRelease);
        // A mask that ended within an escape takes all of it, now that its end is known.
        if (_isMaskOpen)
            _emitted = _scan.EndOfEscape(_emitted);
        var limit = isRelease ? _scan.OpenLong : _scan.Open;
        foreach (var region in _scan.Regions)
        {
            var widens = _isMaskOpen && region.Start < _emitted;
            if (!widens && region.Start >= limit)
                break;
            if (region.End <= _emitted)
                continue;
            if (!widens)
            {
                if (region.Start > _emitted)
                    output?.Write(raw[_emitted..region.Start]);
                output?.Write(Matcher.Mask);
                _inRegion.Clear();
            }

            Report(region);
            (_emitted, _isMaskOpen) = (region.End, true);
        }

        // Behind a mask, the rest of an escape that has not ended belongs to the mask; let out without its beginning, it would be read as something else.
        if (isRelease && _isMaskOpen && _emitted > _scan.Decided)
            limit = Math.Min(limit, _emitted);
        if (limit > _emitted)
        {
            output?.Write(raw[_emitted..limit]);
            (_emitted, _isMaskOpen) = (limit, false);
        }

        Retain(raw, _scan.Open);
    }

    private void Report(Region region)
    {
        for (var i = region.FirstMatch; i < region.FirstMatch + region.MatchCount; i++)
        {
            var match = _scan.Matches[i];
            if (match.End <= _emitted || _inRegion.Contains(match.Needle.Secret))
                continue;
            _inRegion.Add(match.Needle.Secret);
            _findings.Add(Matcher.NameOf(match.Needle), match.IsEscaped ? match.Needle.Form + ", escaped" : match.Needle.Form, _path, _offset + match.Start);
        }
    }

    private void Retain(ReadOnlySpan<byte> raw, int from)
    {
        // A mask that ends before what is kept cannot be widened any more.
        _isMaskOpen &= _emitted > from;
        _offset += from;
        _emitted = Math.Max(0, _emitted - from);
        var rest = raw[from..];
        Reserve(rest.Length, keeps: 0);
        rest.CopyTo(_buffer);
        _length = rest.Length;
    }

    private void Keep(ReadOnlySpan<byte> slice)
    {
        Reserve(_length + slice.Length, _length);
        slice.CopyTo(_buffer.AsSpan(_length));
        _length += slice.Length;
    }

    private void Reserve(int length, int keeps)
    {
        if (length <= _buffer.Length)
            return;
        var larger = GC.AllocateUninitializedArray<byte>(Math.Max(length, 2 * SliceBytes), pinned: true);
        _buffer.AsSpan(0, keeps).CopyTo(larger);
        CryptographicOperations.ZeroMemory(_buffer);
        _buffer = larger;
    }
}
