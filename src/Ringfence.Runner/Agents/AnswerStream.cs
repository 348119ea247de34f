using Ringfence.Primitives;
using Ringfence.Protocol.Agents;

namespace Ringfence.Runner.Agents;

/// <summary>The content that the agent sends as the parts of one answer. Reading it throws what <see cref="AgentFiles"/> says.</summary>
internal sealed class AnswerStream(AgentRequest request, CancellationToken cancel) : ForwardStream
{
    private ReadOnlyMemory<byte> _rest;
    private Done? _done;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        if (_rest.IsEmpty && !NextAsync(cancel).AsTask().GetAwaiter().GetResult())
            return 0;
        return Take(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.IsEmpty && !await NextAsync(cancellationToken).ConfigureAwait(false))
            return 0;
        return Take(buffer.Span);
    }

    /// <summary>Drops what was not read, and gives what the agent said at the end.</summary>
    public async Task<Done> EndAsync()
    {
        while (await NextAsync(cancel).ConfigureAwait(false))
            _rest = default;
        return _done!;
    }

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    private async ValueTask<bool> NextAsync(CancellationToken stop)
    {
        while (_done is null && _rest.IsEmpty)
        {
            var next = await request.NextAsync(stop).ConfigureAwait(false);
            if (next.Part is { } part)
                _rest = part.Data.Memory;
            else
                _done = next.Done ?? throw new AgentRefusedException(next.Failure ?? new Failure { Message = "The agent broke the transfer off." });
        }

        return _done is null;
    }
}
