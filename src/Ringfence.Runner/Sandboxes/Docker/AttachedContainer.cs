using System.Buffers;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>A container with a process of its own, whose output is handed on while it comes (EX-9.4).</summary>
internal sealed class AttachedContainer : IAsyncDisposable
{
    private const int PartLength = 32 * 1024;

    private readonly MultiplexedStream _output;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _reading;

    private AttachedContainer(DockerClient client, string id, int place, MultiplexedStream output, Action<SandboxReport> report)
    {
        _output = output;
        _reading = Task.Run(() => ReadAsync(client, id, place, report), CancellationToken.None);
    }

    /// <summary>Begins to listen to a container, which MUST NOT have been started: what it says first would be missed.</summary>
    /// <param name="client">The engine; it MUST outlive this.</param>
    /// <param name="id">The container.</param>
    /// <param name="place">Its place in the job's list, from 1.</param>
    /// <param name="report">Gets the output and the end.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<AttachedContainer> ListenAsync(DockerClient client, string id, int place, Action<SandboxReport> report, CancellationToken cancel)
    {
        var output = await client.Containers.AttachContainerAsync(id, new ContainerAttachParameters { Stream = true, Stdout = true, Stderr = true }, cancel).ConfigureAwait(false);
        return new AttachedContainer(client, id, place, output, report);
    }

    /// <summary>Listens no more. The container is not ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        _output.Dispose();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private async Task ReadAsync(DockerClient client, string id, int place, Action<SandboxReport> report)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PartLength);
        try
        {
            while (await _output.ReadOutputAsync(buffer, 0, buffer.Length, _closing.Token).ConfigureAwait(false) is { EOF: false } part)
                report(new SandboxReport.ServiceOutput(place, buffer.AsMemory(0, part.Count)));
            var end = await client.Containers.WaitContainerAsync(id, _closing.Token).ConfigureAwait(false);
            report(new SandboxReport.ServiceEnded(place, end.StatusCode));
        }
        catch (Exception e) when (EngineFailures.IsOfEngine(e) || e is ObjectDisposedException or OperationCanceledException)
        {
            // The engine has gone, or the job is over: nobody asks any more how the container ended.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
