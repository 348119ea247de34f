using Ringfence.Protocol.Tests;

namespace Ringfence.Runner.TestResults;

/// <summary>Makes the timings of tests that <c>circleci tests split --split-by=timings</c> reads (EX-11.5).</summary>
internal static class TimingsOfTests
{
    private const int MostNames = 100_000;

    /// <summary>Seconds by file, by class and by name; skipped tests say nothing.</summary>
    public static TestTimings Of(IReadOnlyCollection<TestResult> results) => new()
    {
        Filename = Sums(results, test => test.File),
        Classname = Sums(results, test => test.Classname),
        Testname = Sums(results, test => test.Name),
    };

    /// <summary>These; where they say nothing, the earlier ones: a rerun of failed tests runs only some.</summary>
    public static TestTimings Over(this TestTimings latest, TestTimings? earlier) => earlier is null ? latest : new()
    {
        Filename = Over(latest.Filename, earlier.Filename),
        Classname = Over(latest.Classname, earlier.Classname),
        Testname = Over(latest.Testname, earlier.Testname),
    };

    private static SortedDictionary<string, double> Over(IReadOnlyDictionary<string, double> latest, IReadOnlyDictionary<string, double> earlier)
    {
        var all = new SortedDictionary<string, double>(latest.ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, seconds) in earlier)
        {
            if (all.Count >= MostNames)
                break;
            all.TryAdd(name, seconds);
        }

        return all;
    }

    private static SortedDictionary<string, double> Sums(IReadOnlyCollection<TestResult> results, Func<TestResult, string?> key) =>
        new(
            results.Where(test => test.Result != TestOutcome.Skipped && !string.IsNullOrEmpty(key(test)))
                .GroupBy(test => key(test)!, StringComparer.Ordinal)
                .Take(MostNames)
                .ToDictionary(group => group.Key, group => group.Sum(test => test.RunTime), StringComparer.Ordinal),
            StringComparer.Ordinal);
}
