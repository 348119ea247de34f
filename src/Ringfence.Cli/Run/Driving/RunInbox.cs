using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Ringfence.Cli.Run.Driving;

/// <summary>Where the loop of a run is told what happens. Full, it makes whoever tells wait, so that no output piles up in memory. Any thread may tell; only the loop takes.</summary>
internal sealed class RunInbox
{
    private const int MostMessages = 512;

    private readonly Channel<RunMessage> _messages = Channel.CreateBounded<RunMessage>(new BoundedChannelOptions(MostMessages) { SingleReader = true });

    /// <summary>Tells something; waits while there is no room.</summary>
    public ValueTask TellAsync(RunMessage message) => _messages.Writer.WriteAsync(message);

    /// <summary>Tells something that the loop itself has to say, or a thread that cannot wait.</summary>
    public void Post(RunMessage message) => _ = TellAsync(message).AsTask();

    /// <summary>Has the loop look around, unless it is busy anyway.</summary>
    public void Wake() => _messages.Writer.TryWrite(RunMessage.Tick.Instance);

    /// <summary>Waits until there is something.</summary>
    public async Task WaitAsync() => await _messages.Reader.WaitToReadAsync();

    /// <summary>Takes what came first.</summary>
    public bool TryTake([NotNullWhen(true)] out RunMessage? message) => _messages.Reader.TryRead(out message);

    /// <summary>Takes and forgets everything until a task has ended that may wait to be rid of something.</summary>
    public async Task DropUntilAsync(Task ended)
    {
        while (!ended.IsCompleted)
        {
            while (TryTake(out var message))
            {
                if (message is RunMessage.Reached reached)
                    reached.Done.TrySetResult();
            }

            await Task.WhenAny(ended, WaitAsync());
        }
    }
}
