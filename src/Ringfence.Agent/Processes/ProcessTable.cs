using System.Globalization;
using Ringfence.Agent.Native;

namespace Ringfence.Agent.Processes;

/// <summary>Reads from /proc who belongs to whom.</summary>
internal static class ProcessTable
{
    private const int ParentField = 1;   // after the name: state, parent, group, session
    private const int SessionField = 3;

    /// <summary>A process that keeps forking is quicker than any table; what it leaves goes with the job.</summary>
    private const int MostRounds = 50;

    /// <summary>The processes of a session, and everything that they started.</summary>
    public static IReadOnlyCollection<int> TreeOf(int session)
    {
        var all = Read();
        var tree = all.Where(p => p.Session == session || p.Pid == session).Select(p => p.Pid).ToHashSet();
        return WithDescendants(all, tree);
    }

    /// <summary>Sends a signal to a session and everything that it started. A kill goes on until it finds nobody new: who was started while the table was read would live on.</summary>
    public static void SignalTree(int session, int signal)
    {
        var told = new HashSet<int>();
        for (var round = 0; round < MostRounds; round++)
        {
            var next = TreeOf(session).Where(told.Add).ToList();
            Signal(next, signal);
            if (next.Count == 0 || signal != Libc.Kill)
                return;
        }
    }

    /// <summary>Everything that a process started, itself left out.</summary>
    public static IReadOnlyCollection<int> DescendantsOf(int pid)
    {
        var tree = WithDescendants(Read(), [pid]);
        tree.Remove(pid);
        return tree;
    }

    /// <summary>Sends a signal to each of them; those that have gone do not matter.</summary>
    public static void Signal(IEnumerable<int> pids, int signal)
    {
        foreach (var pid in pids)
            _ = Libc.SendSignal(pid, signal);
    }

    private static HashSet<int> WithDescendants(List<(int Pid, int Parent, int Session)> all, HashSet<int> tree)
    {
        var children = all.ToLookup(p => p.Parent, p => p.Pid);
        var open = new Stack<int>(tree);
        while (open.TryPop(out var next))
        {
            foreach (var child in children[next])
            {
                if (tree.Add(child))
                    open.Push(child);
            }
        }

        return tree;
    }

    private static List<(int Pid, int Parent, int Session)> Read()
    {
        var all = new List<(int, int, int)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && ReadOne(pid) is { } one)
                all.Add((pid, one.Parent, one.Session));
        }

        return all;
    }

    private static (int Parent, int Session)? ReadOne(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");

            // The name is in parentheses and may hold anything, also parentheses.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields.Length > SessionField
                ? (int.Parse(fields[ParentField], CultureInfo.InvariantCulture), int.Parse(fields[SessionField], CultureInfo.InvariantCulture))
                : null;
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
