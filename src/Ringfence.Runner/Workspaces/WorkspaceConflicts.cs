using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Ringfence.Runner.Workspaces;

/// <summary>
/// Finds files that were written at the same time, so that nothing says which of them is meant. What concurrent jobs write may not meet at all (EX-7.57);
/// the parallel runs of one job do the same work, so a file that is the same in all of them is no conflict (EX-7.58).
/// </summary>
internal static class WorkspaceConflicts
{
    public static ImmutableArray<string> Find(IReadOnlyList<WorkspaceLayer> layers, IReadOnlyList<WorkspaceUpstream> upstream)
    {
        var ancestors = upstream.ToDictionary(job => job.Job, job => job.Ancestors, StringComparer.Ordinal);
        var files = new SortedDictionary<string, Dictionary<WorkspaceAuthor, string?>>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            for (var i = 0; i < layer.Files.Length; i++)
            {
                if (!files.TryGetValue(layer.Files[i], out var writers))
                    files[layer.Files[i]] = writers = [];

                // The later steps of a run overwrite what its earlier ones wrote.
                writers[layer.Author] = layer.Contents.IsEmpty ? null : layer.Contents[i];
            }
        }

        return [.. files.Where(file => file.Value.Count > 1 && HaveConflict([.. file.Value], ancestors)).Select(file => file.Key)];
    }

    private static bool HaveConflict(IReadOnlyList<KeyValuePair<WorkspaceAuthor, string?>> writers, Dictionary<string, FrozenSet<string>> ancestors)
    {
        for (var i = 1; i < writers.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (AreInConflict(writers[i], writers[j], ancestors))
                    return true;
            }
        }

        return false;
    }

    private static bool AreInConflict(KeyValuePair<WorkspaceAuthor, string?> a, KeyValuePair<WorkspaceAuthor, string?> b, Dictionary<string, FrozenSet<string>> ancestors) => a.Key.Job == b.Key.Job
        ? a.Key.NodeIndex != b.Key.NodeIndex && (a.Value is null || a.Value != b.Value)
        : !ancestors[a.Key.Job].Contains(b.Key.Job) && !ancestors[b.Key.Job].Contains(a.Key.Job);
}
