using Ringfence.Gate.Matching;
using Ringfence.Primitives;

namespace Ringfence.Gate.Archives;

/// <summary>
/// Reads a stream in blocks, searches each once, and hands it out in whatever pieces are asked for. Its first bytes can be looked at beforehand, and what
/// nobody read can be read to its end. Closing it closes neither the source nor the parts.
/// </summary>
internal sealed class SearchedStream : ForwardStream
{
    private readonly Stream _source;
    private readonly StreamSearch _search;
    private readonly byte[] _block;
    private int _at;
    private int _end;

    public SearchedStream(Stream source, SearchParts parts, string path, Findings findings)
    {
        (_source, _search, _block) = (source, parts.Search, parts.Block);
        _search.Begin(path, findings);
    }

    /// <summary>Bytes that were handed out.</summary>
    public long Count { get; private set; }

    public override bool CanRead => true;

    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int length, CancellationToken cancel)
    {
        while (_end < length && await _source.ReadAsync(_block.AsMemory(_end), cancel) is var count && count > 0)
            Searched(count);
        return _block.AsMemory(0, Math.Min(_end, length));
    }

    public override int Read(Span<byte> buffer)
    {
        if (_at == _end && !buffer.IsEmpty)
        {
            _at = _end = 0;
            Searched(_source.Read(_block));
        }

        return HandOut(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_at == _end && !buffer.IsEmpty)
            await FillAsync(cancellationToken);
        return HandOut(buffer.Span);
    }

    /// <summary>Reads and searches what is left.</summary>
    public async ValueTask DrainAsync(CancellationToken cancel)
    {
        do
            Count += _end - _at;
        while (await FillAsync(cancel));
    }

    /// <summary>Nothing more is read; what could still have become a longer find is decided.</summary>
    public void Complete() => _search.Complete(output: null);

    private async ValueTask<bool> FillAsync(CancellationToken cancel)
    {
        _at = _end = 0;
        Searched(await _source.ReadAsync(_block, cancel));
        return _end > 0;
    }

    private void Searched(int count)
    {
        _search.Write(_block.AsSpan(_end, count), output: null);
        _end += count;
    }

    private int HandOut(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _end - _at);
        _block.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        Count += count;
        return count;
    }
}
