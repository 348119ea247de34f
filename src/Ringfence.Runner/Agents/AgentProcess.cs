using Google.Protobuf;
using Ringfence.Protocol.Agents;

namespace Ringfence.Runner.Agents;

/// <summary>A process that the agent has started. It ends exactly once, after all of its output.</summary>
public sealed class AgentProcess : IDisposable
{
    private readonly AgentConnection _connection;
    private readonly AgentRequest _request;

    private AgentProcess(AgentConnection connection, AgentRequest request, uint pid) => (_connection, _request, Pid) = (connection, request, pid);

    /// <summary>Its number inside the sandbox.</summary>
    public uint Pid { get; }

    /// <summary>Starts a process.</summary>
    /// <exception cref="AgentRefusedException">It cannot be started.</exception>
    /// <exception cref="AgentLostException">The sandbox has gone.</exception>
    public static async Task<AgentProcess> StartAsync(AgentConnection connection, StartProcess start, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var request = await connection.AskAsync(new ToAgent { Start = start }, cancel).ConfigureAwait(false);
        try
        {
            var first = await request.NextAsync(cancel).ConfigureAwait(false);
            return first.Started is { } started
                ? new AgentProcess(connection, request, started.Pid)
                : throw new AgentRefusedException(first.Failure ?? new Failure { Message = "The agent did not start the process." });
        }
        catch
        {
            request.Dispose();
            throw;
        }
    }

    /// <summary>The next piece of output; null once the process has ended, when <see cref="Exit"/> says how.</summary>
    public async ValueTask<Output?> ReadAsync(CancellationToken cancel)
    {
        if (Exit is not null)
            return null;
        var next = await _request.NextAsync(cancel).ConfigureAwait(false);
        if (next.Output is { } output)
            return output;
        Exit = next.Exited ?? new Exited { Code = -1 };
        return null;
    }

    /// <summary>How it ended; null while it runs.</summary>
    public Exited? Exit { get; private set; }

    /// <summary>Sends a signal to everything that the process has started.</summary>
    public Task SignalAsync(int number, CancellationToken cancel) =>
        _connection.SendAsync(_request.Id, new ToAgent { Signal = new Signal { Number = (uint)number } }, cancel);

    /// <summary>Types into its standard input.</summary>
    public Task TypeAsync(ReadOnlyMemory<byte> data, bool end, CancellationToken cancel) =>
        _connection.SendAsync(_request.Id, new ToAgent { Input = new Input { Data = UnsafeByteOperations.UnsafeWrap(data), End = end } }, cancel);

    /// <summary>Tells it how large its terminal is.</summary>
    public Task ResizeAsync(int rows, int columns, CancellationToken cancel) =>
        _connection.SendAsync(_request.Id, new ToAgent { Resize = new Resize { Rows = (uint)rows, Columns = (uint)columns } }, cancel);

    /// <summary>Takes no more of it. It is not ended.</summary>
    public void Dispose() => _request.Dispose();
}
