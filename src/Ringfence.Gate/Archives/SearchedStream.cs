using Ringfence.Gate.Matching;
using Ringfence.Primitives;

namespace Ringfence.Gate.Archives;

/// <summary>Reads a stream and searches all that is read; its first bytes can be looked at beforehand, and what nobody read can be read to its end.</summary>
internal sealed class SearchedStream(Stream source, SecretMatcher matcher, string path, Findings findings) : ForwardStream
{
    private const int DrainBytes = 64 * 1024;

    private readonly StreamSearch _search = new(matcher, path, findings);
    private byte[] _start = [];
    private int _startAt;
    private bool _isComplete;

    /// <summary>Bytes that were read.</summary>
    public long Count { get; private set; }

    public override bool CanRead => true;

    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int length, CancellationToken cancel)
    {
        var start = new byte[length];
        var count = await source.ReadAtLeastAsync(start, length, throwOnEndOfStream: false, cancel);
        _start = start[..count];
        return _start;
    }

    public override int Read(Span<byte> buffer)
    {
        var count = ReadStart(buffer);
        return Searched(buffer, count > 0 || buffer.IsEmpty ? count : source.Read(buffer));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = ReadStart(buffer.Span);
        if (count == 0 && !buffer.IsEmpty)
            count = await source.ReadAsync(buffer, cancellationToken);
        return Searched(buffer.Span, count);
    }

    /// <summary>Reads and searches what is left.</summary>
    public async ValueTask DrainAsync(CancellationToken cancel)
    {
        var buffer = new byte[DrainBytes];
        while (await ReadAsync(buffer, cancel) > 0)
        {
            // Reading is all there is to do.
        }

        if (!_isComplete)
            _search.Complete(output: null);
        _isComplete = true;
    }

    protected override void Dispose(bool disposing)
    {
        _search.Dispose();
        base.Dispose(disposing);
    }

    private int ReadStart(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _start.Length - _startAt);
        _start.AsSpan(_startAt, count).CopyTo(buffer);
        _startAt += count;
        return count;
    }

    private int Searched(Span<byte> buffer, int count)
    {
        _search.Write(buffer[..count], output: null);
        Count += count;
        return count;
    }
}
