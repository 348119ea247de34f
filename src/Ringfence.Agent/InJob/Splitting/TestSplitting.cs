using System.Collections.Immutable;
using Ringfence.Protocol.Tests;

namespace Ringfence.Agent.InJob.Splitting;

/// <summary>Selects the tests of one node, and says on stderr what stands in the way of the split that was asked for; it always splits, if need be by name.</summary>
internal sealed class TestSplitting(SplitRequest request, InJobSurroundings surroundings)
{
    private const int MostNamed = 10;

    private readonly TestWeights _weights = new(surroundings);

    /// <summary>The names of this node, sorted. The names that come in MUST be sorted.</summary>
    public ImmutableArray<TestName> Select(ImmutableArray<TestName> sorted)
    {
        if (sorted.IsEmpty)
            surroundings.Say("No test names found in input source; the pattern or the command before the pipe found nothing.");

        var selected = request.By switch
        {
            SplitBy.FileSize => ByFileSize(sorted),
            SplitBy.Timings => ByTimings(sorted),
            _ => ByName(sorted),
        };
        if (request.ShowCounts)
            surroundings.Say($"Read {sorted.Length} test names, selected {selected.Length} for node {request.Index} of {request.Total}.");
        return selected;
    }

    private ImmutableArray<TestName> ByName(ImmutableArray<TestName> sorted) => TestBuckets.ByTurns(sorted, request.Index, request.Total);

    private ImmutableArray<TestName> ByFileSize(ImmutableArray<TestName> sorted)
    {
        var sizes = new Dictionary<TestName, long>();
        foreach (var name in sorted)
        {
            if (_weights.FileSize(name) is { } size)
                sizes[name] = size;
        }

        if (sizes.Count == 0 && !sorted.IsEmpty)
        {
            surroundings.Say("None of the test names is a file, falling back to weighting by name.");
            return ByName(sorted);
        }

        Report(sorted, sizes, "No file named");
        return ByWeight(sorted, sizes, unknown: null);
    }

    private ImmutableArray<TestName> ByTimings(ImmutableArray<TestName> sorted)
    {
        if (sorted.IsEmpty)
            return [];

        var known = Timings() is { } timings ? _weights.Timings(sorted, timings, request.TimingsType) : null;
        if (known is null or { Count: 0 })
        {
            // Scripts and people look for this very sentence (EX-10.7).
            surroundings.Say(request.TimingsType == TimingsType.Autodetect
                ? "Error auto-detecting timing type, falling back to weighting by name."
                : "No timings of this type, falling back to weighting by name.");
            if (known is not null)
                surroundings.Say("There are timings, but none for these names; compare them with the file and classname attributes of the stored test results.");
            return ByName(sorted);
        }

        Report(sorted, known, "No timing found for");
        return ByWeight(sorted, known, request.TimeDefault is { } span ? (long)span.TotalMicroseconds : null);
    }

    private ImmutableArray<TestName> ByWeight(ImmutableArray<TestName> sorted, IReadOnlyDictionary<TestName, long> weights, long? unknown) =>
        TestBuckets.ByWeight(sorted, name => weights.TryGetValue(name, out var weight) ? weight : null, unknown, request.Index, request.Total);

    private TestTimings? Timings()
    {
        if (request.TimingsFile is not { } file)
            return TaskFolder.Timings(surroundings);

        var timings = TaskFolder.ReadJson(Path.Combine(surroundings.WorkingDirectory, file), TestTimings.LargestFile, TestFilesJson.Default.TestTimings, out var why);
        if (timings is null)
            surroundings.Say($"The file of --timings-file cannot be used: {why}.");
        return timings;
    }

    private void Report(ImmutableArray<TestName> sorted, IReadOnlyDictionary<TestName, long> weights, string lack)
    {
        var missing = sorted.Where(name => !weights.ContainsKey(name)).ToList();
        var shown = request.Verbose ? missing.Count : Math.Min(missing.Count, MostNamed);
        foreach (var name in missing.Take(shown))
            surroundings.Say($"{lack} \"{name.Text}\"");
        if (missing.Count > shown)
            surroundings.Say($"... and {missing.Count - shown} more; --verbose names them all.");
    }
}
