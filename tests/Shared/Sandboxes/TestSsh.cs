namespace Ringfence.Tests.Shared;

/// <summary>OpenSSH's programs for tests, installed where root on Debian may do that.</summary>
internal static class TestSsh
{
    private static readonly Lazy<Task<string>> Ready = new(MakeReadyAsync);

    /// <summary>The server.</summary>
    public const string Server = "/usr/sbin/sshd";

    /// <summary>Waits until they are there, and skips the test where they cannot be had.</summary>
    public static async Task RequireAsync()
    {
        var reason = await Ready.Value;
        Assert.SkipWhen(reason.Length > 0, reason);
    }

    private static bool IsThere => File.Exists(Server) && File.Exists("/usr/bin/ssh-keygen") && File.Exists("/usr/bin/ssh-agent");

    private static async Task<string> MakeReadyAsync()
    {
        if (IsThere)
            return "";
        if (Environment.UserName != "root" || !File.Exists("/usr/bin/apt-get"))
            return "OpenSSH's client and server are not installed: apt-get install openssh-client openssh-server.";
        await Tool.RunAsync("/usr/bin/apt-get", "update", "-qq");
        var (_, printed) = await Tool.RunAsync("/usr/bin/apt-get", "install", "-y", "-qq", "--no-install-recommends", "openssh-client", "openssh-server");
        return IsThere ? "" : $"OpenSSH could not be installed: {printed}";
    }
}
