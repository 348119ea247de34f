using System.IO.Hashing;
using Ringfence.Primitives;

namespace Ringfence.Runner.Blobs;

/// <summary>Writes to a file, sums up and counts what was written, and says in our words when the disk refuses.</summary>
internal sealed class DraftStream(FileStream file, XxHash128 checksum) : ForwardStream
{
    private long _written;

    // The file is not opened for asynchronous use: the page cache takes the bytes at the speed of memory, and a thread switch costs more.
    public override bool CanWrite => true;

    public override long Length => _written;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        checksum.Append(buffer);
        _written += buffer.Length;
        try
        {
            file.Write(buffer);
        }
        catch (IOException e)
        {
            throw StoreException.Writing(Path.GetDirectoryName(file.Name)!, e);
        }
    }
}
