using System.Globalization;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>The process that a container belongs to. A process id alone would be taken again; with the time of its start it is not.</summary>
/// <param name="Pid">The process.</param>
/// <param name="Started">When it started, in ticks since the machine did.</param>
/// <param name="Place">Where the process id means something: the machine and its namespace of processes.</param>
internal sealed record RunOwner(int Pid, ulong Started, string Place)
{
    // In /proc/…/stat after the name: state, parent, group, … , and the time of the start as the twentieth.
    private const int StartedField = 19;

    /// <summary>This process.</summary>
    public static RunOwner Current { get; } = new(Environment.ProcessId, StartOf(Environment.ProcessId) ?? 0, $"{Environment.MachineName}/{ProcessNamespace()}");

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    public static RunOwner? Parse(string? owner, string? place) =>
        owner?.Split(':') is [var pid, var started] && place is not null
        && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && ulong.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? new RunOwner(number, ticks, place)
            : null;

    /// <summary>Whether it can be told from here that it has gone. Of another machine, or another container, nothing can be told.</summary>
    public bool HasGone() => Place == Current.Place && StartOf(Pid) != Started;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pid}:{Started}");

    private static ulong? StartOf(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat");

            // The name is in parentheses and may hold anything, also parentheses.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields.Length > StartedField && ulong.TryParse(fields[StartedField], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) ? ticks : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string ProcessNamespace() => new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
}
