using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ringfence.Cli.Tests.Run;

/// <summary>A real sshd on a loopback port of its own, which lets in whom it was told to and answers every command with that command.</summary>
internal sealed class SshServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ringfence-sshd-");
    private readonly List<string> _said = [];
    private Process? _process;

    private SshServer()
    {
    }

    public int Port { get; private set; }

    /// <summary>What a client has to know of it beforehand, as a line of <c>known_hosts</c>.</summary>
    public string KnownHost { get; private set; } = "";

    public string Said => string.Join('\n', _said);

    public static async Task<SshServer> StartAsync()
    {
        await TestSsh.RequireAsync();
        var server = new SshServer { Port = FreePort() };
        var (key, authorized, config) = (server.PathOf("host"), server.PathOf("authorized"), server.PathOf("config"));
        var (code, printed) = await Tool.RunAsync("/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key);
        Assert.True(code == 0, printed);
        var open = string.Join(' ', (await File.ReadAllTextAsync(key + ".pub")).Split(' ')[..2]);
        server.KnownHost = string.Create(CultureInfo.InvariantCulture, $"[127.0.0.1]:{server.Port} {open}");
        await File.WriteAllTextAsync(authorized, "");
        var settings = string.Create(CultureInfo.InvariantCulture,
            $"""
            Port {server.Port}
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

            """);
        await File.WriteAllTextAsync(config, settings);
        if (Environment.UserName == "root")
            Directory.CreateDirectory("/run/sshd");
        await server.ListenAsync(config);
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

    private async Task ListenAsync(string config)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = new ProcessStartInfo(TestSsh.Server, ["-D", "-e", "-f", config]) { RedirectStandardError = true, RedirectStandardInput = true }, EnableRaisingEvents = true };
        _process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"sshd has ended: {Said}"));
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_said)
                _said.Add(line.Data ?? "");
            if (line.Data?.Contains("Server listening", StringComparison.Ordinal) == true)
                listening.TrySetResult();
        };
        _process.Start();
        _process.BeginErrorReadLine();
        await listening.Task;
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
