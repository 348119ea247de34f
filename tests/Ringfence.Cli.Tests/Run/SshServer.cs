using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ringfence.Cli.Tests.Run;

/// <summary>A real sshd on a loopback port of its own, which lets in whom it was told to and answers every command with that command.</summary>
internal sealed class SshServer : IAsyncDisposable
{
    private const int MostTries = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ringfence-sshd-");
    private readonly List<string> _said = [];
    private Process? _process;

    private SshServer()
    {
    }

    public int Port { get; private set; }

    /// <summary>What a client has to know of it beforehand, as a line of <c>known_hosts</c>.</summary>
    public string KnownHost { get; private set; } = "";

    public string Said
    {
        get
        {
            lock (_said)
                return string.Join('\n', _said);
        }
    }

    public static async Task<SshServer> StartAsync()
    {
        await TestSsh.RequireAsync();
        var server = new SshServer();
        var (key, authorized) = (server.PathOf("host"), server.PathOf("authorized"));
        var (code, printed) = await Tool.RunAsync("/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key);
        Assert.True(code == 0, printed);
        var open = string.Join(' ', (await File.ReadAllTextAsync(key + ".pub")).Split(' ')[..2]);
        await File.WriteAllTextAsync(authorized, "");
        var settings =
            $"""
            ListenAddress 127.0.0.1
            HostKey {key}
            PidFile none
            AuthorizedKeysFile {authorized}
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            ForceCommand echo "let in for [$SSH_ORIGINAL_COMMAND]"

            """;
        await File.WriteAllTextAsync(server.PathOf("config"), settings);
        if (Environment.UserName == "root")
            Directory.CreateDirectory("/run/sshd");

        // sshd takes no port that the kernel chooses, and one that is free now may be another's a moment later.
        for (var tries = 1; !await server.ListensAsync(FreePort()); tries++)
            Assert.True(tries < MostTries, $"sshd does not start: {server.Said}");
        server.KnownHost = string.Create(CultureInfo.InvariantCulture, $"[127.0.0.1]:{server.Port} {open}");
        return server;
    }

    /// <summary>Lets in whoever has the private half of a key.</summary>
    public Task LetInAsync(string publicKey) => File.AppendAllTextAsync(PathOf("authorized"), publicKey.TrimEnd('\n') + "\n");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Starts it at a port, and waits until it listens there or has ended.</summary>
    private async Task<bool> ListensAsync(int port)
    {
        var listening = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var arguments = (string[])["-D", "-e", "-f", PathOf("config"), "-p", port.ToString(CultureInfo.InvariantCulture)];
        var process = new Process { StartInfo = new ProcessStartInfo(TestSsh.Server, arguments) { RedirectStandardError = true, RedirectStandardInput = true } };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_said)
                _said.Add(line.Data ?? "");
            if (line.Data is null)
                listening.TrySetResult(false);
            else if (line.Data.Contains("Server listening", StringComparison.Ordinal))
                listening.TrySetResult(true);
        };
        process.Start();
        process.BeginErrorReadLine();
        if (!await listening.Task)
        {
            process.Dispose();
            return false;
        }

        (_process, Port) = (process, port);
        return true;
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
