using System.Net;
using System.Net.Sockets;

namespace Ringfence.Cli.Tests.Doctor;

/// <summary>A metadata service as clouds have them, at an address of this machine that none of them uses and that is denied like theirs. Its address goes with it.</summary>
internal sealed class TrialCloud : IAsyncDisposable
{
    public const string Address = "169.254.77.77";

    private readonly TcpListener _listener;

    private TrialCloud(TcpListener listener) => _listener = listener;

    /// <summary>Starts it, or skips the test where nobody may.</summary>
    public static async Task<TrialCloud> StartAsync()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root gives this machine an address.");
        var (code, printed) = await Tool.RunAsync("ip", "address", "replace", $"{Address}/32", "dev", "lo");
        Assert.SkipUnless(code == 0, $"This machine cannot have a further address: {printed}");
        return new TrialCloud(Listen(IPAddress.Parse(Address), 80));
    }

    /// <summary>What answers as a cloud's metadata service does, and as a rude one: after the first bytes of a request, whatever else was to come.</summary>
    public static TcpListener Listen(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        listener.Start();

        // On a thread of its own: the thief waits three seconds for an answer, and other tests can keep the pool's threads for longer.
        new Thread(() => Answer(listener)) { IsBackground = true, Name = "trial cloud" }.Start();
        return listener;
    }

    private static void Answer(TcpListener listener)
    {
        while (true)
        {
            try
            {
                using var caller = listener.AcceptSocket();
                caller.Receive(new byte[1024]);
                caller.Send("HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nrole"u8);
                caller.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException) when (listener.Server.IsBound)
            {
                // A caller that has gone; the next may stay.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The test is over.
                return;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await Tool.RunAsync("ip", "address", "delete", $"{Address}/32", "dev", "lo");
    }
}
