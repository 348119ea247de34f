using Ringfence.Primitives;
using ZstdSharp;

namespace Ringfence.Runner.Blobs;

/// <summary>The content of a blob whose file was found whole, and which is therefore what was stored.</summary>
internal sealed class BlobReadStream(FileStream file, Digest digest, long size) : ForwardStream
{
    private readonly DecompressionStream _content = new(file);
    private long _read;

    public override bool CanRead => true;

    public override long Length => size;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Counted(buffer, _content.Read(buffer));
        }
        catch (Exception e) when (e is ZstdException or EndOfStreamException)
        {
            throw new DamagedBlobException(digest, "is damaged", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Counted(ReadOnlySpan<byte> buffer, int count)
    {
        _read += count;
        if (_read > size || (count == 0 && buffer.Length > 0 && _read != size))
            throw new DamagedBlobException(digest, "has another length than it should");
        return count;
    }
}
