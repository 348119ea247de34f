using System.Threading.Channels;
using Ringfence.Primitives;
using ZstdSharp;

namespace Ringfence.Agent.Files;

/// <summary>Decompresses a transfer ahead of whoever writes the files that come out of it.</summary>
/// <remarks>Reading it throws <see cref="InvalidDataException"/> when what comes in is not zstd.</remarks>
internal sealed class ZstdParts : ForwardStream
{
    // Each hand-over wakes the other side, which for parts as small as those of the transfer costs as much as what is done with them.
    private const int BufferLength = 256 * 1024;
    private const int Buffers = 3;

    private readonly PartReader _compressed;
    private readonly Channel<byte[]> _free = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<(byte[] Buffer, int Length)> _full = Channel.CreateUnbounded<(byte[], int)>();
    private byte[] _buffer = [];
    private ReadOnlyMemory<byte> _rest;

    public ZstdParts(PartReader compressed, CancellationToken cancel)
    {
        _compressed = compressed;
        for (var i = 0; i < Buffers; i++)
            _free.Writer.TryWrite(GC.AllocateUninitializedArray<byte>(BufferLength));
        _ = Task.Run(() => DecompressAsync(cancel), cancel);
    }

    public override bool CanRead => true;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.IsEmpty && !await NextAsync(cancellationToken).ConfigureAwait(false))
            return 0;
        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    /// <summary>Reads what still comes and nobody needs, since damage may show in it only.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        while (await NextAsync(cancel).ConfigureAwait(false))
        {
        }

        await _compressed.DropAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>The same after something has failed: what else is wrong does not matter any more.</summary>
    public async Task DropAsync(CancellationToken cancel)
    {
        try
        {
            await FinishAsync(cancel).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            await _compressed.DropAsync(cancel).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> NextAsync(CancellationToken cancel)
    {
        if (_buffer.Length > 0)
            _free.Writer.TryWrite(_buffer);
        (_buffer, _rest) = ([], default);
        if (!await _full.Reader.WaitToReadAsync(cancel).ConfigureAwait(false) || !_full.Reader.TryRead(out var next))
            return false;
        (_buffer, _rest) = (next.Buffer, next.Buffer.AsMemory(0, next.Length));
        return true;
    }

    private async Task DecompressAsync(CancellationToken cancel)
    {
        try
        {
            var stream = new DecompressionStream(_compressed, leaveOpen: true);
            await using (stream.ConfigureAwait(false))
            {
                while (true)
                {
                    var buffer = await _free.Reader.ReadAsync(cancel).ConfigureAwait(false);
                    var count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
                    if (count > 0)
                        _full.Writer.TryWrite((buffer, count));
                    if (count < buffer.Length)
                        break;
                }
            }

            _full.Writer.Complete();
        }
        catch (Exception e) when (e is ZstdException or EndOfStreamException)
        {
            _full.Writer.Complete(new InvalidDataException($"The archive is damaged: {e.Message}", e));
        }
    }
}
