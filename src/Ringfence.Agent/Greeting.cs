using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;
using Ringfence.Agent.Files;
using Ringfence.Agent.Native;
using Ringfence.Agent.Processes;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent;

/// <summary>What the agent tells about the place where it runs.</summary>
internal static class Greeting
{
    /// <summary>The version of the protocol; see agent.proto.</summary>
    public const uint Version = 4;

    private const string UsualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Looks around.</summary>
    public static Hello Of(TaskFolder task)
    {
        var path = Environment.GetEnvironmentVariable("PATH") is { Length: > 0 } own ? own : UsualPath;
        var user = Libc.EffectiveUser();
        var (name, home) = Account(user);
        var hello = new Hello
        {
            Version = Version,
            User = name,
            Uid = user,
            Gid = Libc.EffectiveGroup(),
            Home = Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } told ? told : home,
            Path = path,
            Shell = ProgramSearch.Find("bash", "/bin", "/") ?? ProgramSearch.Find("bash", path, "/") ?? ProgramSearch.Find("bash", "/usr/bin", "/") ?? ProgramSearch.Find("sh", "/bin", "/") ?? ProgramSearch.Find("sh", path, "/") ?? ProgramSearch.Find("sh", "/usr/bin", "/") ?? "",
            Architecture = RuntimeInformation.OSArchitecture switch { Architecture.X64 => "amd64", Architecture.Arm64 => "arm64", var other => other.ToString().ToLowerInvariant() },
            Kernel = Line("/proc/sys/kernel/ostype") + " " + Line("/proc/sys/kernel/osrelease"),
            CpuModel = CpuModel(),
            TaskFolder = task.Location,
            Temporary = Path.GetDirectoryName(task.Location) ?? "/",
            ToolFolder = Path.GetDirectoryName(Environment.ProcessPath) ?? "",
        };
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            hello.Environment[(string)variable.Key] = (string?)variable.Value ?? "";
        return hello;
    }

    // Not through the C library: it may want to load modules for names that the image does not have.
    private static (string Name, string Home) Account(uint user)
    {
        var id = user.ToString(CultureInfo.InvariantCulture);
        foreach (var fields in Lines("/etc/passwd").Select(line => line.Split(':')))
        {
            if (fields.Length > 5 && fields[2] == id)
                return (fields[0], fields[5]);
        }

        return (user == 0 ? "root" : "", user == 0 ? "/root" : "/");
    }

    private static string CpuModel()
    {
        var known = Lines("/proc/cpuinfo").Take(12).Select(line => line.Split(':', 2)).Where(f => f.Length == 2).ToLookup(f => f[0].Trim(), f => f[1].Trim());
        return known["cpu family"].FirstOrDefault() is { } family && known["model"].FirstOrDefault() is { } model ? $"{family}_{model}" : "";
    }

    private static string Line(string path) => Lines(path).FirstOrDefault() ?? "";

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
