using Ringfence.Primitives;
using ZstdNet;

namespace Ringfence.Runner.Blobs;

/// <summary>The content of a blob whose file was found whole, and which is therefore what was stored.</summary>
public sealed class BlobContent : ForwardStream
{
    private readonly FileStream _file;
    private readonly DecompressionStream _content;
    private readonly Digest _digest;
    private readonly long _size;
    private long _read;

    internal BlobContent(FileStream file, Digest digest, long size) =>
        (_file, _content, _digest, _size) = (file, new DecompressionStream(file), digest, size);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <summary>Bytes of the content.</summary>
    public override long Length => _size;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Counted(buffer, _content.Read(buffer));
        }
        catch (Exception e) when (e is ZstdException or EndOfStreamException)
        {
            throw new DamagedBlobException(_digest, "is damaged", e);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Counted(ReadOnlySpan<byte> buffer, int count)
    {
        _read += count;
        if (_read > _size || (count == 0 && buffer.Length > 0 && _read != _size))
            throw new DamagedBlobException(_digest, "has another length than it should");
        return count;
    }
}
