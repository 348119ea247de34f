using Ringfence.Protocol;
using ZstdSharp;

namespace Ringfence.Agent.Files;

/// <summary>Decompresses a transfer beside whoever writes the files that come out of it.</summary>
internal sealed class ZstdParts
{
    private readonly PartReader _compressed;
    private readonly Task _work;

    public ZstdParts(PartReader compressed, CancellationToken cancel)
    {
        _compressed = compressed;
        _work = Task.Run(() => DecompressAsync(cancel), cancel);
    }

    /// <summary>What comes out. Reading it throws <see cref="InvalidDataException"/> when what goes in is not zstd.</summary>
    public PartReader Plain { get; } = new();

    /// <summary>Reads and drops what still comes.</summary>
    public async Task DropAsync(CancellationToken cancel)
    {
        await Plain.DropAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _compressed.DropAsync(cancel).ConfigureAwait(false);
    }

    private async Task DecompressAsync(CancellationToken cancel)
    {
        try
        {
            var stream = new DecompressionStream(_compressed, leaveOpen: true);
            await using (stream.ConfigureAwait(false))
            {
                for (var isEnd = false; !isEnd;)
                {
                    var part = new byte[Frames.PartLength];
                    var count = await stream.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
                    isEnd = count < part.Length;
                    await Plain.TakeAsync(part.AsMemory(0, count), isEnd, cancel).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is ZstdException or EndOfStreamException)
        {
            Plain.Fail(new InvalidDataException($"The archive is damaged: {e.Message}", e));
        }
    }
}
