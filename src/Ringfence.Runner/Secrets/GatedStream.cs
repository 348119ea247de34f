using System.IO.Pipelines;
using Ringfence.Gate.Archives;
using Ringfence.Primitives;

namespace Ringfence.Runner.Secrets;

/// <summary>
/// Content on its way out that is searched while somebody reads it. The end is told only when the search has let it pass; so whoever stores it
/// and commits at the end stores nothing that was refused.
/// </summary>
internal sealed class GatedStream(Stream content, GateScan scan, string name, Action<ScanReport> judge, CancellationToken cancel) : ForwardStream
{
    private readonly Pipe _copy = new(new PipeOptions(pauseWriterThreshold: 1024 * 1024, resumeWriterThreshold: 512 * 1024));
    private Task<ScanReport>? _report;
    private bool _isOver;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        var bytes = new byte[buffer.Length];
        var count = ReadAsync(bytes.AsMemory(), cancel).AsTask().GetAwaiter().GetResult();
        bytes.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isOver || buffer.IsEmpty)
            return 0;
        _report ??= SearchAsync();
        var count = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (count > 0)
        {
            await _copy.Writer.WriteAsync(buffer[..count], cancellationToken).ConfigureAwait(false);
            return count;
        }

        _isOver = true;
        await _copy.Writer.CompleteAsync().ConfigureAwait(false);
        judge(await _report.ConfigureAwait(false));
        return 0;
    }

    /// <summary>Reads what the taker has left, as behind the end of a tar, and judges.</summary>
    public async Task FinishAsync()
    {
        var rest = new byte[64 * 1024];
        while (await ReadAsync(rest, cancel).ConfigureAwait(false) > 0)
        {
        }
    }

    protected override void Dispose(bool disposing)
    {
        _copy.Writer.Complete();
        base.Dispose(disposing);
    }

    private async Task<ScanReport> SearchAsync()
    {
        try
        {
            return await scan.ScanAsync(_copy.Reader.AsStream(), name, cancel).ConfigureAwait(false);
        }
        finally
        {
            await _copy.Reader.CompleteAsync().ConfigureAwait(false);
        }
    }
}
