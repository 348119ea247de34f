using Ringfence.Primitives;

namespace Ringfence.Gate.Archives;

/// <summary>The next so many bytes of a stream.</summary>
internal sealed class BoundedStream(Stream source, long length) : ForwardStream
{
    private const int SkipBytes = 64 * 1024;

    /// <summary>Bytes that are left.</summary>
    public long Left { get; private set; } = length;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer) => Taken(buffer.Length, source.Read(buffer[..(int)Math.Min(buffer.Length, Left)]));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Taken(buffer.Length, await source.ReadAsync(buffer[..(int)Math.Min(buffer.Length, Left)], cancellationToken));

    public async ValueTask SkipAsync(CancellationToken cancel)
    {
        var buffer = new byte[(int)Math.Min(Left, SkipBytes)];
        while (Left > 0)
            _ = await ReadAsync(buffer, cancel);
    }

    private int Taken(int wanted, int count)
    {
        if (count == 0 && wanted > 0 && Left > 0)
            throw new InvalidDataException("The archive ends in the middle of an entry.");
        Left -= count;
        return count;
    }
}
