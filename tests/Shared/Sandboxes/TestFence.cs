using Ringfence.Runner.Sandboxes.Process;

namespace Ringfence.Tests.Shared;

/// <summary>The fence around processes that the tests use, with networks of its own; what it needs is installed where root may do that.</summary>
internal static class TestFence
{
    private const string Device = "/dev/net/tun";
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static readonly Lazy<Task<string>> Ready = new(PrepareAsync);

    /// <summary>A provider of it.</summary>
    public static ProcessSandboxProvider Provider { get; } = new(fenced: true, Environment.GetEnvironmentVariable("PATH") ?? "");

    /// <summary>Waits until fenced jobs can have networks of their own, also those of other users, and skips the test where they cannot.</summary>
    public static async Task RequireNetworkAsync()
    {
        var reason = await Ready.Value;
        Assert.SkipWhen(reason.Length > 0, reason);
    }

    private static async Task<string> PrepareAsync()
    {
        if (Environment.UserName == "root")
        {
            if ((!(await Provider.CheckAsync(CancellationToken.None)).IsAvailable || !Provider.CheckNetwork().IsAvailable) && File.Exists("/usr/bin/apt-get"))
                await Tool.RunAsync("/bin/sh", "-c", "apt-get update && apt-get install -y --no-install-recommends bubblewrap slirp4netns iproute2");

            if (!File.Exists("/usr/bin/keyctl") && File.Exists("/usr/bin/apt-get"))
                await Tool.RunAsync("/bin/sh", "-c", "apt-get update && apt-get install -y --no-install-recommends keyutils");

            // As it is on every system that has not taken it away.
            if (File.Exists(Device))
                File.SetUnixFileMode(Device, ForAll);
        }

        var fence = await Provider.CheckAsync(CancellationToken.None);
        if (!fence.IsAvailable)
            return fence.Description;
        var network = Provider.CheckNetwork();
        return network.IsAvailable ? "" : $"Fenced jobs have no network of their own here: {network.Description}";
    }
}
