namespace Ringfence.Runner.Sandboxes.Process;

/// <summary>The programs that give a fenced job a network of its own.</summary>
/// <param name="UserNetwork">The path of <c>slirp4netns</c>, which is the job's way out: an ordinary process that sends for it.</param>
/// <param name="Enter">The path of <c>nsenter</c>, with which the agent is started in the job's network.</param>
/// <param name="Unshare">The path of <c>unshare</c>, with which root starts the first.</param>
internal sealed record NetworkTools(string UserNetwork, string Enter, string Unshare)
{
    private const string Device = "/dev/net/tun";

    /// <summary>Looks for them.</summary>
    /// <param name="searchPath">Folders with colons between them.</param>
    /// <returns>The programs; or why there is no such network here, in a sentence's beginning, and what to do.</returns>
    public static (NetworkTools? Tools, string WhyNot, string Hint) Find(string searchPath)
    {
        if (ProgramPath.Find("slirp4netns", searchPath) is not { } network)
            return (null, "slirp4netns is not installed", "Install it: apt-get install slirp4netns");
        if (ProgramPath.Find("nsenter", searchPath) is not { } enter)
            return (null, "nsenter is not installed", "Install it: apt-get install util-linux");
        if (ProgramPath.Find("unshare", searchPath) is not { } unshare)
            return (null, "unshare is not installed", "Install it: apt-get install util-linux");
        return WhyNoDevice() is { } whyNot
            ? (null, $"{Device} cannot be used ({whyNot})", $"Load the kernel's module and let users open it: modprobe tun; chmod 0666 {Device}")
            : (new NetworkTools(network, enter, unshare), "", "");
    }

    private static string? WhyNoDevice()
    {
        try
        {
            using var device = File.OpenHandle(Device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : "access denied";
        }
    }
}
