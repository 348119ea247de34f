using System.Threading.Channels;
using Ringfence.Protocol.Agents;

namespace Ringfence.Runner.Agents;

/// <summary>One question to the agent with the answers that have come and are not taken yet. When nobody takes them, the agent waits.</summary>
internal sealed class AgentRequest : IDisposable
{
    private const int MostWaiting = 64;

    private readonly AgentConnection _connection;
    private readonly Channel<FromAgent> _answers = Channel.CreateBounded<FromAgent>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    public AgentRequest(AgentConnection connection, uint id) => (_connection, Id) = (connection, id);

    public uint Id { get; }

    /// <summary>The next answer.</summary>
    /// <exception cref="AgentLostException">There will be none.</exception>
    public async ValueTask<FromAgent> NextAsync(CancellationToken cancel)
    {
        try
        {
            return await _answers.Reader.ReadAsync(cancel).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw new AgentLostException(e);
        }
    }

    public ValueTask TakeAsync(FromAgent message, CancellationToken cancel) =>
        _answers.Writer.TryWrite(message) ? ValueTask.CompletedTask : WaitAsync(message, cancel);

    private async ValueTask WaitAsync(FromAgent message, CancellationToken cancel)
    {
        try
        {
            await _answers.Writer.WriteAsync(message, cancel).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // Given up in the meantime.
        }
    }

    public void Lost() => _answers.Writer.TryComplete();

    public void Dispose()
    {
        _answers.Writer.TryComplete();
        _connection.Close(this);
    }
}
