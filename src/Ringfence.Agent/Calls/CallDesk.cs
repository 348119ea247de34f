using System.Net;
using System.Net.Sockets;

namespace Ringfence.Agent.Calls;

/// <summary>Answers those of a job who call at a socket: several at a time, so that one who says nothing keeps nobody else waiting.</summary>
/// <param name="most">How many are answered at a time; the next ones wait.</param>
/// <param name="patience">How long a caller has for what it has to say. Whoever takes longer gets no answer.</param>
/// <param name="clock">The time.</param>
internal sealed class CallDesk(int most, TimeSpan patience, TimeProvider clock)
{
    /// <summary>A socket at a free port of this machine itself.</summary>
    public static Socket AtFreePort()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }

    /// <summary>A socket at a path.</summary>
    public static Socket At(string path)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        return listener;
    }

    /// <summary>Answers callers until it is cancelled.</summary>
    /// <param name="listener">Where they call; disposed of at the end.</param>
    /// <param name="answer">Answers one. The token is cancelled when it has taken too long.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task ServeAsync(Socket listener, Func<Socket, CancellationToken, Task> answer, CancellationToken cancel)
    {
        using var free = new SemaphoreSlim(most);
        using (listener)
        {
            while (true)
            {
                await free.WaitAsync(cancel).ConfigureAwait(false);
                var caller = await listener.AcceptAsync(cancel).ConfigureAwait(false);
                _ = AnswerAsync(caller, answer, free, cancel);
            }
        }
    }

    private async Task AnswerAsync(Socket caller, Func<Socket, CancellationToken, Task> answer, SemaphoreSlim free, CancellationToken cancel)
    {
        try
        {
            using (caller)
            using (var late = new CancellationTokenSource(patience, clock))
            using (var over = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel))
                await answer(caller, over.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The caller has gone, or took too long.
        }

        // Whoever waits for it has gone when the desk is closed.
        if (!cancel.IsCancellationRequested)
            free.Release();
    }
}
