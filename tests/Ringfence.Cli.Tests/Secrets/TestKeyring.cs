using System.Diagnostics;

namespace Ringfence.Cli.Tests.Secrets;

/// <summary>A session bus with GNOME's keyring on it, unlocked, in a folder of its own; from Debian's packages, which root gets where they are missing.</summary>
internal sealed class TestKeyring : IAsyncDisposable
{
    private const string Password = "password of a keyring";

    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    private readonly Process _session;
    private readonly DirectoryInfo _root;

    private TestKeyring(Process session, DirectoryInfo root) => (_session, _root) = (session, root);

    /// <summary>The variables by which programs find it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private set; } = new Dictionary<string, string>();

    /// <summary>Starts one, and skips the test where that cannot be.</summary>
    public static async Task<TestKeyring> StartAsync()
    {
        var reason = await Installed.Value;
        Assert.SkipWhen(reason.Length > 0, reason);
        var root = Directory.CreateTempSubdirectory("ringfence-keyring-");
        string[] variables = ["HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"];
        var start = new ProcessStartInfo("/usr/bin/dbus-run-session", ["--", "/bin/sh", "-c", $"printf %s '{Password}' | gnome-keyring-daemon --unlock --components=secrets >&2; echo \"$DBUS_SESSION_BUS_ADDRESS\"; read -r _"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in variables)
            start.Environment[name] = Directory.CreateDirectory(Path.Combine(root.FullName, name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        start.Environment.Remove("DISPLAY");
        var session = Process.Start(start)!;
        session.ErrorDataReceived += static (_, _) => { };
        session.BeginErrorReadLine();
        var address = await session.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("unix:", address, StringComparison.Ordinal);
        return new TestKeyring(session, root)
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["DBUS_SESSION_BUS_ADDRESS"] = address!, ["XDG_RUNTIME_DIR"] = start.Environment["XDG_RUNTIME_DIR"]! },
        };
    }

    /// <summary>Locks all that lies in it; with no display nobody can be asked to unlock it.</summary>
    public async Task LockAsync() =>
        await ToolAsync("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/collection/login");

    /// <summary>What it shows of Ringfence's entries, with their values.</summary>
    public Task<string> EntriesAsync() => ToolAsync("secret-tool", "search", "--all", "application", "ringfence");

    /// <summary>Takes an entry away behind Ringfence's back.</summary>
    public Task<string> RemoveAsync(string entry) => ToolAsync("secret-tool", "clear", "application", "ringfence", "keep", entry);

    public async ValueTask DisposeAsync()
    {
        _session.StandardInput.Close();
        await _session.WaitForExitAsync();
        _session.Dispose();

        // The daemon ends after its bus, and takes its sockets away meanwhile.
        Ringfence.Runner.Sandboxes.ScratchFolders.Remove(_root.FullName);
    }

    private async Task<string> ToolAsync(string program, params string[] arguments)
    {
        string[] variables = [.. Environment.Select(v => $"{v.Key}={v.Value}")];
        var (code, printed) = await Tool.RunAsync("/usr/bin/env", [.. variables, program, .. arguments]);
        Assert.True(code == 0 || printed.Length == 0, printed);
        return printed;
    }

    private static async Task<string> InstallAsync()
    {
        string[] programs = ["/usr/bin/dbus-run-session", "/usr/bin/dbus-send", "/usr/bin/gnome-keyring-daemon", "/usr/bin/secret-tool"];
        if (programs.All(File.Exists))
            return "";
        if (System.Environment.UserName != "root" || !File.Exists("/usr/bin/apt-get"))
            return $"There is no keyring to try: {string.Join(", ", programs.Where(p => !File.Exists(p)))} is missing, and only root on Debian can install it here.";
        var (code, printed) = await Tool.RunAsync(
            "/bin/sh", "-c", "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends dbus gnome-keyring libsecret-tools");
        return code == 0 && programs.All(File.Exists) ? "" : $"The keyring could not be installed: {printed}";
    }
}
