using Ringfence.Primitives;

namespace Ringfence.Runner.Archives;

/// <summary>Passes a tar on and shows each piece to a scanner first, so that nobody acts on a header that is beyond the limits.</summary>
internal sealed class ScannedStream(Stream tar, TarScanner scanner) : ForwardStream
{
    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = tar.Read(buffer);
        }
        catch (IOException e)
        {
            throw Broken(e);
        }

        scanner.Feed(buffer[..count]);
        return count;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        try
        {
            count = await tar.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException e)
        {
            throw Broken(e);
        }

        scanner.Feed(buffer.Span[..count]);
        return count;
    }

    /// <summary>So that nobody takes it for a failure of the disk that is written to.</summary>
    private static ArchiveException Broken(IOException e) => new($"The archive stopped in the middle: {e.Message}", e);
}
