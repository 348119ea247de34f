using System.Globalization;

namespace Ringfence.Runner.Sandboxes.Process;

/// <summary>
/// The fence around a process sandbox: name spaces of its own for users, processes, mounts and IPC, the system read-only, and home and
/// temporary folders that are the job's alone. What is not listed here is not there: an allow-list, since a deny-list forgets.
/// </summary>
internal static class BubblewrapArguments
{
    /// <summary>Where the agent's folder is mounted.</summary>
    public const string AgentFolder = "/run/ringfence";

    /// <summary>The home of the job's user, as on CircleCI's machines (EX-9.11).</summary>
    public const string Home = "/home/circleci";

    private const string User = "1000";
    private static readonly string[] SystemFolders = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/nix", "/sys"];

    // Readable by whoever owns them, which may be who started the runner.
    private static readonly string[] HiddenFiles = ["/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/gshadow-", "/etc/sudoers"];
    private static readonly string[] HiddenFolders = ["/etc/ssh", "/etc/sudoers.d", "/etc/docker", "/etc/ssl/private", "/etc/kubernetes"];

    // bubblewrap itself protects them only where it sees that they can be written, which it does not see in a user namespace of root's:
    // root outside is who writes there, whatever number the job's user has.
    private static readonly string[] KernelSettings = ["/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus"];

    // Names of keys of who started the runner; the agent closes the keys themselves.
    private static readonly string[] KeyLists = ["/proc/keys", "/proc/key-users"];

    // On many systems resolv.conf is a link into it.
    private static readonly string[] NameResolution = ["/run/systemd/resolve", "/run/resolvconf", "/run/NetworkManager/resolv.conf"];

    /// <summary>The arguments of <c>bwrap</c> up to the program it starts.</summary>
    public static IEnumerable<string> For(SandboxRequest request, FencedNetwork network)
    {
        List<string> all = ["--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"];
        if (network is not FencedNetwork.OfMachine)
            all.Add("--unshare-net");
        all.AddRange(["--uid", User, "--gid", User, "--hostname", "ringfence", "--as-pid-1", "--new-session", "--cap-drop", "ALL", "--clearenv"]);

        all.AddRange(System());
        all.AddRange(HiddenFiles.Where(File.Exists).SelectMany(file => (string[])["--ro-bind", "/dev/null", file]));
        all.AddRange(HiddenFolders.Where(Directory.Exists).SelectMany(folder => (string[])["--tmpfs", folder]));
        all.AddRange(HiddenInEtc().SelectMany(file => (string[])["--ro-bind", "/dev/null", file]));
        all.AddRange(["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/run", "--dir", "/var"]);
        all.AddRange(KernelSettings.Where(Path.Exists).SelectMany(path => (string[])["--ro-bind", path, path]));
        all.AddRange(KeyLists.Where(File.Exists).SelectMany(file => (string[])["--ro-bind", "/dev/null", file]));
        all.AddRange(Names(request, network));

        all.AddRange(["--bind", Folder(request, "home"), Home, "--bind", Folder(request, "tmp"), "/tmp", "--bind", Folder(request, "var-tmp"), "/var/tmp"]);
        all.AddRange(["--ro-bind", Accounts(request, "passwd", $"circleci:x:{User}:{User}:CircleCI:{Home}:/bin/bash"), "/etc/passwd"]);
        all.AddRange(["--ro-bind", Accounts(request, "group", $"circleci:x:{User}:"), "/etc/group"]);
        all.AddRange(["--ro-bind", request.AgentFolder, AgentFolder, "--chdir", Home]);
        return all;
    }

    /// <summary>Those that mount the programs of this machine. Not all of /: where containers come and go, so do mounts below it, and bubblewrap gives up over one that has gone.</summary>
    public static IEnumerable<string> System() => SystemFolders.Where(Path.Exists).SelectMany(Mounted);

    /// <summary>What not everybody may read, when who started the runner may.</summary>
    private static IEnumerable<string> HiddenInEtc()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Directory.EnumerateFiles("/etc", "*", options)
            .Where(file => (File.GetUnixFileMode(file) & UnixFileMode.OtherRead) == 0)
            .Where(file => !HiddenFiles.Contains(file) && !HiddenFolders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal)));
    }

    // The name server of this machine listens in one of these folders too, so a job with a network of its own does not get them.
    private static IEnumerable<string> Names(SandboxRequest request, FencedNetwork network) => network switch
    {
        FencedNetwork.OfMachine => NameResolution.Where(Path.Exists).SelectMany(path => (string[])["--ro-bind", path, path]),
        FencedNetwork.Own when NameServers.Write(request.ScratchFolder) is var (file, place) => ["--ro-bind", file, place],
        _ => [],
    };

    /// <summary>A link such as /bin stays a link: some programs find their files through it.</summary>
    private static string[] Mounted(string folder) =>
        new FileInfo(folder).LinkTarget is { } target ? ["--symlink", target, folder] : ["--ro-bind", folder, folder];

    private static string Folder(SandboxRequest request, string name)
    {
        var folder = Path.Combine(request.ScratchFolder, name);
        Directory.CreateDirectory(folder);
        if (name is not "home")
            File.SetUnixFileMode(folder, (UnixFileMode)Convert.ToInt32("1777", 8));
        return folder;
    }

    /// <summary>The system's accounts without the one that has our number, so that the job's user has one name.</summary>
    private static string Accounts(SandboxRequest request, string name, string own)
    {
        var path = Path.Combine(request.ScratchFolder, name);
        var others = File.ReadLines("/etc/" + name).Where(line => line.Split(':') is [_, _, not User, ..]);
        File.WriteAllLines(path, others.Append(own));
        return path;
    }

    /// <summary>The fence in a few words.</summary>
    public static string Describe(FencedNetwork network) =>
        string.Create(CultureInfo.InvariantCulture, $"bubblewrap, user {User}, network {network switch { FencedNetwork.None => "off", FencedNetwork.Own => "of its own", _ => "of this machine" }}");
}
