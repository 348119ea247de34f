using System.IO.Compression;
using Ringfence.Primitives;

namespace Ringfence.Gate.Archives;

/// <summary>
/// Expands gzip and notices when it is cut off, which <see cref="GZipStream"/> takes for its end. Gzip may be written one behind the other, so one more, whose
/// content is known, is put behind the source: only if that comes out last has everything before it ended properly.
/// </summary>
internal sealed class GzipStreams : ForwardStream
{
    private const int BlockBytes = 64 * 1024;
    private const int MarkBytes = 64;

    private static readonly byte[] Mark = [.. Enumerable.Range(0, MarkBytes).Select(i => (byte)(i % 7 * 37))];
    private static readonly byte[] PackedMark = Pack();

    private readonly GZipStream _gzip;
    private readonly byte[] _block = GC.AllocateUninitializedArray<byte>(BlockBytes);
    private int _at;
    private int _end;
    private bool _hasEnded;
    private bool _isBroken;

    public GzipStreams(Stream source) => _gzip = new GZipStream(new WithMark(source), CompressionMode.Decompress);

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        while (_end - _at <= MarkBytes && !_hasEnded)
        {
            Compact();
            try
            {
                Took(_gzip.Read(_block, _end, BlockBytes - _end));
            }
            catch (InvalidDataException)
            {
                _hasEnded = _isBroken = true;
            }
        }

        return HandOut(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_end - _at <= MarkBytes && !_hasEnded)
        {
            Compact();
            try
            {
                Took(await _gzip.ReadAsync(_block.AsMemory(_end), cancellationToken));
            }
            catch (InvalidDataException)
            {
                _hasEnded = _isBroken = true;
            }
        }

        return HandOut(buffer.Span);
    }

    protected override void Dispose(bool disposing)
    {
        _gzip.Dispose();
        _block.AsSpan().Clear();
        base.Dispose(disposing);
    }

    private static byte[] Pack()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Mark);
        return packed.ToArray();
    }

    private void Compact()
    {
        _block.AsSpan(_at, _end - _at).CopyTo(_block);
        (_at, _end) = (0, _end - _at);
    }

    private void Took(int count)
    {
        _end += count;
        if (count > 0)
            return;
        _hasEnded = true;
        _isBroken = !_block.AsSpan(_at, _end - _at).EndsWith(Mark);
        if (!_isBroken)
            _end -= MarkBytes;
    }

    private int HandOut(Span<byte> buffer)
    {
        // What could be the mark waits until it is known whether more follows.
        var count = Math.Min(buffer.Length, _end - _at - (_hasEnded ? 0 : MarkBytes));
        _block.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        // What came out before the damage is handed out first.
        if (count == 0 && _isBroken && !buffer.IsEmpty)
            throw new ScanStoppedException("It is damaged, cut off, or something that is not gzip follows it.");
        return count;
    }

    /// <summary>The mark comes in a read of its own, so that what stands before it is expanded before it can be an error.</summary>
    private sealed class WithMark(Stream source) : ForwardStream
    {
        private int _given = -1;

        public override bool CanRead => true;

        public override int Read(Span<byte> buffer) => _given < 0 && source.Read(buffer) is var count && count > 0 ? count : MarkInto(buffer);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _given < 0 && await source.ReadAsync(buffer, cancellationToken) is var count && count > 0 ? count : MarkInto(buffer.Span);

        private int MarkInto(Span<byte> buffer)
        {
            _given = Math.Max(_given, 0);
            var count = Math.Min(buffer.Length, PackedMark.Length - _given);
            PackedMark.AsSpan(_given, count).CopyTo(buffer);
            _given += count;
            return count;
        }
    }
}
