using System.Security.Cryptography;
using Ringfence.Primitives;
using ZstdSharp;

namespace Ringfence.Runner.Blobs;

/// <summary>The content of a blob, compared with its digest as it is read.</summary>
internal sealed class BlobReadStream(FileStream file, Digest digest, long size) : ForwardStream
{
    private readonly DecompressionStream _content = new(file);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;
    private bool _ended;

    public override bool CanRead => true;

    public override long Length => size;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Checked(buffer, _content.Read(buffer));
        }
        catch (Exception e) when (e is ZstdException or EndOfStreamException)
        {
            throw new DamagedBlobException(digest, "is damaged", e);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await _content.ReadAsync(buffer, cancellationToken);
            return Checked(buffer.Span, count);
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
            _hash.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Checked(ReadOnlySpan<byte> buffer, int count)
    {
        if (count > 0)
        {
            _hash.AppendData(buffer[..count]);
            _read += count;
            if (_read > size)
                throw new DamagedBlobException(digest, "is longer than it should be");
        }
        else if (buffer.Length > 0 && !_ended)
        {
            _ended = true;
            if (_read != size || BlobStore.DigestOf(_hash) != digest)
                throw new DamagedBlobException(digest, "is not what its name says");
        }

        return count;
    }
}
