using System.Runtime.InteropServices;
using System.Text;
using Docker.DotNet;
using Ringfence.Primitives;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>The standard input and output of a process in a container as one stream. What it prints as errors is kept aside, the last of it.</summary>
internal sealed class AgentStream(MultiplexedStream inner) : ForwardStream
{
    private readonly Lock _lock = new();
    private readonly MemoryStream _errors = new();

    /// <summary>The last that was printed as errors.</summary>
    public string Errors
    {
        get
        {
            lock (_lock)
                return Encoding.UTF8.GetString(_errors.GetBuffer(), 0, (int)_errors.Length).Trim();
        }
    }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;

        // The engine's client takes arrays only. The frames of the protocol are read into arrays, so this copies nothing.
        var isArray = MemoryMarshal.TryGetArray<byte>(buffer, out var target);
        if (!isArray)
            target = new byte[buffer.Length];
        while (true)
        {
            var result = await inner.ReadOutputAsync(target.Array!, target.Offset, target.Count, cancellationToken).ConfigureAwait(false);
            if (result.EOF)
                return 0;
            var read = target.AsMemory(0, result.Count);
            if (result.Target == MultiplexedStream.TargetStream.StandardError)
            {
                Keep(read.Span);
                continue;
            }

            if (!isArray)
                read.CopyTo(buffer);
            return result.Count;
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var data = MemoryMarshal.TryGetArray(buffer, out var array) ? array : new ArraySegment<byte>(buffer.ToArray());
        await inner.WriteAsync(data.Array!, data.Offset, data.Count, cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private void Keep(ReadOnlySpan<byte> printed)
    {
        lock (_lock)
        {
            if (_errors.Length + printed.Length > DockerLimits.Errors)
                _errors.SetLength(0);
            _errors.Write(printed[^Math.Min(printed.Length, DockerLimits.Errors)..]);
        }
    }
}
