using System.Collections.Immutable;

namespace Ringfence.Agent.InJob.Splitting;

/// <summary>
/// Deals sorted names out to nodes. Each name gets to exactly one node, and which one depends on the names, their weights and the number of nodes only,
/// so that nodes which do not talk to each other agree.
/// </summary>
internal static class TestBuckets
{
    // A million names of this weight still have a sum that fits.
    private const long Heaviest = 1_000_000_000_000;

    /// <summary>In turns: the first name to node 0, the second to node 1, … (EX-10.5).</summary>
    public static ImmutableArray<TestName> ByTurns(ImmutableArray<TestName> sorted, int index, int total) =>
        [.. sorted.Where((_, i) => i % total == index)];

    /// <summary>
    /// The heaviest first, each onto the node that has the least so far (EX-10.6); of nodes with the same weight the one with fewer names, then the lower one.
    /// Names without a weight weigh <paramref name="unknown"/>, or without it as much as the others do on average (EX-10.8).
    /// </summary>
    public static ImmutableArray<TestName> ByWeight(ImmutableArray<TestName> sorted, Func<TestName, long?> weight, long? unknown, int index, int total)
    {
        var known = sorted.Select(name => weight(name) is { } value ? Math.Clamp(value, 0, Heaviest) : (long?)null).ToList();
        var missing = Math.Clamp(unknown ?? Average(known), 0, Heaviest);

        // No name gets to a node beyond the number of names: there is an empty one before it.
        var nodes = new PriorityQueue<int, (long Weight, int Names, int Node)>();
        for (var node = 0; node < Math.Min(total, sorted.Length); node++)
            nodes.Enqueue(node, (0, 0, node));

        var mine = new List<TestName>();
        foreach (var (name, value) in sorted.Zip(known, (name, value) => (name, value ?? missing)).OrderByDescending(pair => pair.Item2))
        {
            nodes.TryDequeue(out var node, out var load);
            nodes.Enqueue(node, (load.Weight + value, load.Names + 1, node));
            if (node == index)
                mine.Add(name);
        }

        return [.. mine.Order()];
    }

    private static long Average(List<long?> weights)
    {
        var known = weights.OfType<long>().ToList();
        return known.Count == 0 ? 1 : Math.Max(1, known.Sum() / known.Count);
    }
}
