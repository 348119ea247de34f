using Ringfence.Primitives;

namespace Ringfence.Gate.Archives;

/// <summary>What comes out of a compression, as long as it keeps to the limits.</summary>
internal sealed class ExpandedStream(Stream expanded, Func<long> compressedBytes, ScanBudget budget) : ForwardStream
{
    private long _count;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer) => Counted(expanded.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await expanded.ReadAsync(buffer, cancellationToken));

    private int Counted(int count)
    {
        _count += count;
        budget.TakeExpanded(count);
        if (_count - budget.Limits.FreeBytes > compressedBytes() * budget.Limits.Ratio)
            throw new ScanStoppedException($"It expands to more than {budget.Limits.Ratio} times its size.");
        return count;
    }
}
