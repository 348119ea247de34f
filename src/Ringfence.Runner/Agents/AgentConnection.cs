using System.Buffers;
using System.Collections.Concurrent;
using Ringfence.Protocol;
using Ringfence.Protocol.Agents;

namespace Ringfence.Runner.Agents;

/// <summary>The runner's end of the conversation with the agent in one sandbox. Its members may be called from several threads.</summary>
public sealed class AgentConnection : IAsyncDisposable
{
    /// <summary>The version of the protocol that this runner speaks.</summary>
    public const uint Version = 4;

    private readonly Stream _stream;
    private readonly FrameReader _frames;

    // Not disposed: whoever writes when the connection is closed still gives it back, and whoever waits is to learn that the agent has gone.
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentDictionary<uint, AgentRequest> _open = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private int _lastId;
    private int _disposed;

    private AgentConnection(Stream stream) => (_stream, _frames) = (stream, new FrameReader(stream));

    /// <summary>What the agent sees around it.</summary>
    public Hello Hello { get; private set; } = new();

    /// <summary>Takes the values that steps want masked, before anything that came after them is passed on; says in one sentence why it does not take one.</summary>
    internal Func<ReadOnlyMemory<byte>, ValueTask<string?>>? OnMask { get; set; }

    /// <summary>Completes when the agent, or what it runs in, has gone.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Waits for the agent's greeting and begins to listen. The connection owns the stream.</summary>
    /// <exception cref="ProtocolException">What is at the other end is no agent of this version.</exception>
    public static async Task<AgentConnection> OpenAsync(Stream stream, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var connection = new AgentConnection(stream);
        var first = await connection._frames.ReadAsync(FromAgent.Parser, cancel).ConfigureAwait(false)
            ?? throw new ProtocolException("The agent ended before it said anything.");
        if (first.Hello is not { Version: Version } hello)
            throw new ProtocolException($"The agent speaks version {first.Hello?.Version} of the protocol, and this is version {Version}: build Ringfence again.");
        connection.Hello = hello;
        connection._reading = Task.Run(connection.ReadAsync, CancellationToken.None);
        return connection;
    }

    /// <summary>Sends a request, whose answers come out of what it gives.</summary>
    internal async Task<AgentRequest> AskAsync(ToAgent message, CancellationToken cancel)
    {
        var request = new AgentRequest(this, (uint)Interlocked.Increment(ref _lastId));
        _open[request.Id] = request;
        if (_ended.Task.IsCompleted)
            request.Lost();
        await SendAsync(request.Id, message, cancel).ConfigureAwait(false);
        return request;
    }

    /// <summary>Sends a message that belongs to an open request.</summary>
    internal async Task SendAsync(uint id, ToAgent message, CancellationToken cancel)
    {
        message.Id = id;
        var (buffer, length) = Frames.Write(message);
        await _writing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            // Whole or not at all: half a frame would end the conversation for everybody.
            await _stream.WriteAsync(buffer.AsMemory(0, length), CancellationToken.None).ConfigureAwait(false);
            await _stream.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new AgentLostException(e);
        }
        finally
        {
            _writing.Release();

            // What is sent to a job may hold its variables.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Takes no more answers to a request.</summary>
    internal void Close(AgentRequest request) => _open.TryRemove(request.Id, out _);

    /// <summary>Ends the conversation; the agent then ends everything that it has started. Safe to call twice.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _closing.CancelAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        LoseAll();
        _closing.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _frames.ReadAsync(FromAgent.Parser, _closing.Token).ConfigureAwait(false) is { } message)
            {
                if (message.Mask is { } mask)
                {
                    var refusal = OnMask is { } take ? await take(mask.Value.Memory).ConfigureAwait(false) : "Nothing is masked in this job.";
                    _ = AnswerAsync(message.Id, new MaskAnswer { Number = mask.Number, Refusal = refusal ?? "" });
                    continue;
                }

                // An answer to a request that nobody waits for any more is dropped.
                if (_open.TryGetValue(message.Id, out var request))
                    await request.TakeAsync(message, _closing.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Whatever broke the stream: the requests that are open are told that the agent has gone.
        }
        finally
        {
            LoseAll();
        }
    }

    /// <summary>Beside the reading: the agent may read nothing more before it is rid of what it has to say.</summary>
    private async Task AnswerAsync(uint id, MaskAnswer answer)
    {
        try
        {
            await SendAsync(id, new ToAgent { MaskAnswer = answer }, _closing.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AgentLostException or ObjectDisposedException or OperationCanceledException)
        {
            // The step that waits has gone with the agent.
        }
    }

    private void LoseAll()
    {
        _ended.TrySetResult();
        foreach (var request in _open.Values)
            request.Lost();
    }
}
