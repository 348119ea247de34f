using System.Collections.Immutable;
using System.Globalization;

namespace Ringfence.Cli.Doctor;

/// <summary>What the kernel says about this machine.</summary>
/// <param name="Processors">How many processors this process may use.</param>
/// <param name="MemoryBytes">How much memory this process may use; 0 when that is not known.</param>
/// <param name="CgroupVersion">Which version of control groups there is; 0 for none.</param>
/// <param name="Controllers">What control groups can limit, of what matters to jobs.</param>
internal sealed record MachineFacts(int Processors, long MemoryBytes, int CgroupVersion, ImmutableArray<string> Controllers)
{
    private const string Groups = "sys/fs/cgroup";

    /// <summary>What matters to jobs: resource classes are of processors and memory, and a job may not start processes without end.</summary>
    private static readonly string[] Wanted = ["cpu", "memory", "pids"];

    /// <summary>Reads them.</summary>
    /// <param name="root">The root of the file system.</param>
    public static MachineFacts Read(string root)
    {
        var groups = Path.Combine(root, Groups);
        var (version, controllers) = TryRead(Path.Combine(groups, "cgroup.controllers")) is { } listed
            ? (2, Wanted.Where(listed.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Contains).ToImmutableArray())
            : (1, Wanted.Where(name => Directory.Exists(Path.Combine(groups, name))).ToImmutableArray());
        return new MachineFacts(Environment.ProcessorCount, Memory(root, groups), controllers.IsEmpty && version == 1 ? 0 : version, controllers);
    }

    // In a container the first of them tells of the whole machine, and the others of the container.
    private static long Memory(string root, string groups) =>
        new[] { OfMachine(root), Number(Path.Combine(groups, "memory.max")), Number(Path.Combine(groups, "memory/memory.limit_in_bytes")) }.Where(bytes => bytes > 0).DefaultIfEmpty(0).Min();

    private static long OfMachine(string root)
    {
        var line = (TryRead(Path.Combine(root, "proc/meminfo")) ?? "").Split('\n').FirstOrDefault(l => l.StartsWith("MemTotal:", StringComparison.Ordinal)) ?? "";
        return line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kibibytes, ..] && Parse(kibibytes) is var count ? count * 1024 : 0;
    }

    private static long Number(string path) => Parse((TryRead(path) ?? "").Trim());

    private static long Parse(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
