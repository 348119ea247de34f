using System.Globalization;

namespace Ringfence.Runner.Sandboxes;

/// <summary>A process, told apart from a later one with the same number by the time of its start.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Started">When it started, in ticks of the kernel since it booted; empty when that is not known.</param>
public sealed record ProcessOwner(int Pid, string Started)
{
    // In /proc/…/stat, counted from the state, which follows the name.
    private const int StartField = 19;

    /// <summary>This process.</summary>
    public static ProcessOwner OfThisProcess() => new(Environment.ProcessId, StartOf(Environment.ProcessId) ?? "");

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is something else.</summary>
    public static ProcessOwner? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Trim().Split(':') is [var pid, var started] && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ProcessOwner(number, started)
            : null;
    }

    /// <summary>Whether it still runs.</summary>
    public bool IsAlive => StartOf(Pid) is { } started && (Started.Length == 0 || string.Equals(started, Started, StringComparison.Ordinal));

    /// <summary>As <c>pid:start</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pid}:{Started}");

    private static string? StartOf(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");

            // The name is in parentheses and may hold anything, also parentheses.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields.Length > StartField && fields[0] is not "Z" ? fields[StartField] : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
