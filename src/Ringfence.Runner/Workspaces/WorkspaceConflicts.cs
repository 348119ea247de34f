using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Ringfence.Runner.Workspaces;

/// <summary>Finds files that were written at the same time, so that nothing says which of them is meant (EX-7.57, EX-7.58).</summary>
internal static class WorkspaceConflicts
{
    public static ImmutableArray<string> Find(IReadOnlyList<WorkspaceLayer> layers, IReadOnlyList<WorkspaceUpstream> upstream)
    {
        var ancestors = upstream.ToDictionary(job => job.Job, job => job.Ancestors, StringComparer.Ordinal);
        var writers = new Dictionary<string, List<WorkspaceAuthor>>(StringComparer.Ordinal);
        var conflicts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            foreach (var file in layer.Files)
            {
                if (!writers.TryGetValue(file, out var earlier))
                    writers[file] = earlier = [];
                if (earlier.Any(author => AreConcurrent(author, layer.Author, ancestors)))
                    conflicts.Add(file);
                if (!earlier.Contains(layer.Author))
                    earlier.Add(layer.Author);
            }
        }

        return [.. conflicts];
    }

    private static bool AreConcurrent(WorkspaceAuthor a, WorkspaceAuthor b, Dictionary<string, FrozenSet<string>> ancestors) => a.Job == b.Job
        ? a.NodeIndex != b.NodeIndex
        : !ancestors[a.Job].Contains(b.Job) && !ancestors[b.Job].Contains(a.Job);
}
