using System.Threading.Channels;
using Ringfence.Primitives;

namespace Ringfence.Agent.Files;

/// <summary>The parts of one transfer to the agent as a stream. The session waits while the reader is behind.</summary>
internal sealed class PartReader : ForwardStream
{
    private const int MostWaiting = 16;

    private readonly Channel<ReadOnlyMemory<byte>> _parts =
        Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, SingleWriter = true });

    private ReadOnlyMemory<byte> _rest;

    public override bool CanRead => true;

    /// <summary>Takes the next part, which nobody changes any more.</summary>
    public async ValueTask TakeAsync(ReadOnlyMemory<byte> data, bool end, CancellationToken cancel)
    {
        if (data.Length > 0)
            await _parts.Writer.WriteAsync(data, cancel).ConfigureAwait(false);
        if (end)
            _parts.Writer.Complete();
    }

    /// <summary>Reads and drops what still comes, so that the session does not wait for a transfer that has failed.</summary>
    public async Task DropAsync(CancellationToken cancel)
    {
        await foreach (var _ in _parts.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
        {
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_rest.IsEmpty)
        {
            if (!_parts.Reader.TryRead(out _rest) && !await _parts.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
                return 0;
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }
}
