using System.Collections.Immutable;
using Ringfence.Config.Compilation;

namespace Ringfence.Cli.Graph;

/// <summary>Finds the stage of each job: one more than the latest of what it requires.</summary>
internal static class JobStages
{
    /// <summary>The stages by name, from 1. Takes time in proportion to jobs and requirements.</summary>
    public static Dictionary<string, int> Of(ImmutableArray<CompiledInvocation> jobs)
    {
        var known = jobs.Select(j => j.Name).ToHashSet(StringComparer.Ordinal);
        var edges = jobs.SelectMany(j => j.Requires.Select(r => (From: r.Job, To: j.Name))).Where(e => known.Contains(e.From)).Distinct().ToArray();
        var after = edges.ToLookup(e => e.From, e => e.To, StringComparer.Ordinal);
        var open = known.ToDictionary(n => n, _ => 0, StringComparer.Ordinal);
        foreach (var edge in edges)
            open[edge.To]++;

        var stages = known.ToDictionary(n => n, _ => 1, StringComparer.Ordinal);
        var ready = new Queue<string>(open.Where(o => o.Value == 0).Select(o => o.Key));
        while (ready.TryDequeue(out var job))
        {
            foreach (var next in after[job])
            {
                stages[next] = Math.Max(stages[next], stages[job] + 1);
                if (--open[next] == 0)
                    ready.Enqueue(next);
            }
        }

        return stages;
    }
}
