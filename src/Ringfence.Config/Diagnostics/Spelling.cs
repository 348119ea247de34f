namespace Ringfence.Config.Diagnostics;

/// <summary>Finds the name that was probably meant.</summary>
public static class Spelling
{
    /// <summary>The candidate with the fewest edits to <paramref name="written"/>, or null when none is near.</summary>
    public static string? Nearest(string written, IEnumerable<string> candidates)
    {
        if (written.Length is 0 or > 100)
            return null;

        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var shared = SharedPath(written, candidate);
            var furthest = Math.Min(bestDistance - 1, Math.Max(1, (written.Length - shared) / 3));
            if (Math.Abs(candidate.Length - written.Length) > furthest || candidate.Length > 100)
                continue;
            var distance = Distance(written[shared..], candidate[shared..]);
            if (distance <= furthest)
                (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    /// <summary>The length of what both have up to a dot: it says nothing about how near the names behind it are.</summary>
    private static int SharedPath(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        return a.AsSpan(0, same).LastIndexOf('.') + 1;
    }

    /// <summary>A hint in the usual words, or <paramref name="otherwise"/>.</summary>
    public static string? DidYouMean(string written, IEnumerable<string> candidates, string? otherwise = null) =>
        Nearest(written, candidates) is { } near ? $"Did you mean '{near}'?" : otherwise;

    /// <summary>Insertions, deletions, replacements and swaps of neighbours, ignoring case.</summary>
    private static int Distance(string a, string b)
    {
        var before = new int[b.Length + 1];
        var last = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 2])
                    && char.ToLowerInvariant(a[i - 2]) == char.ToLowerInvariant(b[j - 1]))
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, last, row) = (last, row, before);
        }

        return last[b.Length];
    }
}
