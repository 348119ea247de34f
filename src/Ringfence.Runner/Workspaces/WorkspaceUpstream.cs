using System.Collections.Frozen;
using System.Collections.Immutable;
using Ringfence.Config.Compilation;

namespace Ringfence.Runner.Workspaces;

/// <summary>A job before the one that attaches.</summary>
/// <param name="Job">Its name in the workflow.</param>
/// <param name="Ancestors">All jobs before it, near and far. Two jobs of which neither is before the other are concurrent.</param>
public sealed record WorkspaceUpstream(string Job, FrozenSet<string> Ancestors)
{
    /// <summary>All jobs before a job, near and far, each after those before it (EX-7.56).</summary>
    /// <param name="jobs">The jobs of the workflow, in file order. The compiler has refused circles.</param>
    /// <param name="job">The job that attaches.</param>
    public static ImmutableArray<WorkspaceUpstream> Of(IReadOnlyList<CompiledInvocation> jobs, string job)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var byName = new Dictionary<string, CompiledInvocation>(StringComparer.Ordinal);
        foreach (var one in jobs)
            byName.TryAdd(one.Name, one);

        var before = Before(byName, job);
        var ancestors = before.ToDictionary(name => name, name => Before(byName, name), StringComparer.Ordinal);
        return [.. jobs.Where(one => before.Contains(one.Name)).DistinctBy(one => one.Name, StringComparer.Ordinal)
            .OrderBy(one => ancestors[one.Name].Count).Select(one => new WorkspaceUpstream(one.Name, ancestors[one.Name].ToFrozenSet(StringComparer.Ordinal)))];
    }

    private static HashSet<string> Before(Dictionary<string, CompiledInvocation> byName, string job)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([job]);
        while (open.TryPop(out var next))
        {
            if (!byName.TryGetValue(next, out var invocation))
                continue;
            foreach (var required in invocation.Requires.Where(r => byName.ContainsKey(r.Job) && all.Add(r.Job)))
                open.Push(required.Job);
        }

        all.Remove(job);
        return all;
    }
}
