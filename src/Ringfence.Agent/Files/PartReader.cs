using System.IO.Pipelines;

namespace Ringfence.Agent.Files;

/// <summary>Collects the parts of one transfer to the agent into a stream. The session waits while the reader is behind.</summary>
internal sealed class PartReader
{
    private const int MostWaiting = 1024 * 1024;
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: MostWaiting, resumeWriterThreshold: MostWaiting / 2));

    /// <summary>What has arrived.</summary>
    public Stream Content => _pipe.Reader.AsStream();

    /// <summary>Takes the next part.</summary>
    public async ValueTask TakeAsync(ReadOnlyMemory<byte> data, bool end, CancellationToken cancel)
    {
        if (data.Length > 0)
            await _pipe.Writer.WriteAsync(data, cancel).ConfigureAwait(false);
        if (end)
            await _pipe.Writer.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>Reads and drops what still comes, so that the session does not wait for a transfer that has failed.</summary>
    public Task DropAsync(CancellationToken cancel) => Content.CopyToAsync(Stream.Null, cancel);
}
