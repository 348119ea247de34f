using System.Net.Sockets;
using Ringfence.Agent.Native;
using Ringfence.Agent.Processes;

namespace Ringfence.Agent.Network;

/// <summary>Keeps the program of a container waiting until addresses are denied in it: whoever chose the program would otherwise have the moment before.</summary>
/// <remarks>Both ends meet at a name that is known in the container's network only, and nothing but the two runs in it at that time.</remarks>
internal static class StartHold
{
    /// <summary>The word that waits and then becomes the program named after it.</summary>
    public const string WaitVerb = "--hold";

    /// <summary>The word that lets it go on.</summary>
    public const string ReleaseVerb = "--release";

    private const int CannotStart = 127;
    private const string UsualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private static readonly UnixDomainSocketEndPoint Meeting = new("\0ringfence-hold");

    /// <summary>Waits, and becomes the program.</summary>
    /// <returns>The exit code when it cannot; otherwise it does not return.</returns>
    public static async Task<int> WaitAsync(string[] command)
    {
        using (var limit = new CancellationTokenSource(Patience, TimeProvider.System))
        using (var socket = Open())
        {
            socket.Bind(Meeting);
            socket.Listen();
            try
            {
                using var released = await socket.AcceptAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine("Nobody let the process of this container start.");
                return CannotStart;
            }
        }

        var path = Environment.GetEnvironmentVariable("PATH") is { Length: > 0 } own ? own : UsualPath;
        if (ProgramSearch.Find(command[0], path, Environment.CurrentDirectory) is not { } program)
        {
            Console.Error.WriteLine($"exec: \"{command[0]}\": executable file not found");
            return CannotStart;
        }

        Console.Error.WriteLine($"exec: \"{program}\": {new System.ComponentModel.Win32Exception(Spawn.Become(program, command)).Message}");
        return CannotStart;
    }

    /// <summary>Lets it go on, as soon as it waits.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> ReleaseAsync()
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            while (true)
            {
                try
                {
                    using var socket = Open();
                    await socket.ConnectAsync(Meeting, limit.Token);
                    return 0;
                }
                catch (SocketException)
                {
                    await Task.Delay(Pause, TimeProvider.System, limit.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("The process of this container does not wait to be started.");
            return 1;
        }
    }

    private static Socket Open() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
