using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Cli.Local;
using Ringfence.Runner.Sandboxes;

namespace Ringfence.Cli.Doctor.Isolation;

/// <summary>Random values where secrets would be: in a process, in this process, in files and behind a port. Disposing it takes all of them away.</summary>
internal sealed class Decoys : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly byte[] _memory;
    private readonly Process _process;
    private readonly Socket _loopback;
    private readonly Socket _abstract;
    private readonly KernelKey? _key;
    private readonly bool _madeKeepFolder;
    private readonly LocalState _state;

    /// <summary>Plants them.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public Decoys(LocalState state)
    {
        _state = state;
        File.WriteAllText(Path.Combine(state.Root, OwnerFileOf(Tag)), ProcessOwner.OfThisProcess().ToString());
        _madeKeepFolder = !Directory.Exists(state.Keep.Path);
        Directory.CreateDirectory(state.Keep.Path, OwnerOnly | UnixFileMode.UserExecute);
        Write(KeepFile, "keep");
        foreach (var file in (ReadOnlySpan<string>)[".ssh/id_ed25519", ".aws/credentials", ".docker/config.json", ".config/token"])
            Write(Path.Combine(Home, file), "home");

        // Pinned, so that the thief can be told where to look.
        _memory = GC.AllocateArray<byte>(64, pinned: true);
        Encoding.ASCII.GetBytes(Of("runner"), _memory);

        // It ends when its input is closed, also by the death of this process.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "read line", "ringfence-decoy-process"]) { RedirectStandardInput = true };
        start.Environment.Clear();
        start.Environment["DECOY"] = Of("env");
        _process = Process.Start(start)!;

        _key = KernelKey.Plant(Of("key"));
        _loopback = Listen(new IPEndPoint(IPAddress.Loopback, 0), AddressFamily.InterNetwork, Of("net"));
        _abstract = Listen(new UnixDomainSocketEndPoint("\0" + Of("abs")), AddressFamily.Unix, "");
    }

    /// <summary>Tells this check's files from others'.</summary>
    public string Tag { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    /// <summary>The file in the keep's folder.</summary>
    public string KeepFile => KeepFileOf(_state, Tag);

    /// <summary>A home folder such as a user has.</summary>
    public string Home => HomeOf(_state, Tag);

    /// <summary>The process with a decoy in its environment.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Where a decoy lies in the memory of this process.</summary>
    public long Address => Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);

    /// <summary>Whether the kernel keeps a decoy among the keys of this session; it need not know keys.</summary>
    public bool HasKey => _key is not null;

    /// <summary>The port of this machine's loopback address behind which a decoy is.</summary>
    public int LoopbackPort => ((IPEndPoint)_loopback.LocalEndPoint!).Port;

    private Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>The value of a kind: the same whenever it is asked for.</summary>
    public string Of(string kind) =>
        Values.TryGetValue(kind, out var value) ? value : Values[kind] = $"ringfence-decoy-{kind}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";

    /// <summary>Whether this is a value that was planted.</summary>
    public bool IsPlanted(string value) => Values.ContainsValue(value);

    public void Dispose()
    {
        _loopback.Dispose();
        _abstract.Dispose();
        _key?.Dispose();
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        Remove(_state, Tag);
        if (_madeKeepFolder && !Directory.EnumerateFileSystemEntries(_state.Keep.Path).Any())
            Directory.Delete(_state.Keep.Path);
        GC.KeepAlive(_memory);
    }

    /// <summary>Takes away what checks that were killed have left.</summary>
    public static void Sweep(LocalState state)
    {
        foreach (var file in Directory.EnumerateFiles(state.Root, OwnerFileOf("*")))
        {
            if (ProcessOwner.Parse(File.ReadAllText(file)) is { IsAlive: false })
                Remove(state, Path.GetFileName(file)[OwnerFileOf("").Length..]);
        }
    }

    private static string OwnerFileOf(string tag) => $"decoys-of-{tag}";

    private static void Remove(LocalState state, string tag)
    {
        File.Delete(KeepFileOf(state, tag));
        if (Directory.Exists(HomeOf(state, tag)))
            Directory.Delete(HomeOf(state, tag), recursive: true);

        // What jobs without a fence have left on this machine.
        foreach (var folder in (ReadOnlySpan<string>)["/tmp", "/var/tmp", "/dev/shm"])
        {
            foreach (var kind in (ReadOnlySpan<string>)["left", "job"])
                File.Delete(Path.Combine(folder, $"ringfence-decoy-{kind}-{tag}"));
        }

        // The last: whoever is interrupted here is found again by it.
        File.Delete(Path.Combine(state.Root, OwnerFileOf(tag)));
    }

    private static string KeepFileOf(LocalState state, string tag) => Path.Combine(state.Keep.Path, $"decoy-{tag}");

    private static string HomeOf(LocalState state, string tag) => Path.Combine(state.Root, $"decoy-home-{tag}");

    private static Socket Listen(EndPoint at, AddressFamily family, string answer)
    {
        var socket = new Socket(family, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(at);
        socket.Listen();
        if (answer.Length > 0)
            _ = Task.Run(() => AnswerAsync(socket, Encoding.ASCII.GetBytes($"HTTP/1.0 200 OK\r\nContent-Length: {answer.Length}\r\n\r\n{answer}")));
        return socket;
    }

    private static async Task AnswerAsync(Socket socket, byte[] answer)
    {
        try
        {
            while (true)
            {
                using var caller = await socket.AcceptAsync();
                await caller.ReceiveAsync(new byte[1024]);
                await caller.SendAsync(answer);
                caller.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The check is over.
        }
    }

    private void Write(string path, string kind)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, Of(kind) + "\n");
        File.SetUnixFileMode(path, OwnerOnly);
    }
}
