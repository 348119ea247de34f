using System.Collections.Immutable;

namespace Ringfence.Runner.TestResults;

/// <summary>Seconds by file, by class and by name of test: what <c>circleci tests split --split-by=timings</c> reads.</summary>
internal sealed record TestTimings(
    ImmutableSortedDictionary<string, double> Filename, ImmutableSortedDictionary<string, double> Classname, ImmutableSortedDictionary<string, double> Testname)
{
    private const int MostNames = 100_000;

    private static readonly ImmutableSortedDictionary<string, double> None = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    public static TestTimings Empty { get; } = new(None, None, None);

    public static TestTimings Of(IReadOnlyCollection<TestResult> results) => new(
        Sums(results, test => test.File), Sums(results, test => test.Classname), Sums(results, test => test.Name));

    /// <summary>These; where they say nothing, the earlier ones: a rerun of failed tests runs only some (EX-11.5).</summary>
    public TestTimings Over(TestTimings earlier) =>
        new(Over(Filename, earlier.Filename), Over(Classname, earlier.Classname), Over(Testname, earlier.Testname));

    private static ImmutableSortedDictionary<string, double> Over(ImmutableSortedDictionary<string, double> latest, ImmutableSortedDictionary<string, double> earlier)
    {
        var room = Math.Max(0, MostNames - latest.Count);
        return latest.AddRange(earlier.Where(time => !latest.ContainsKey(time.Key)).Take(room));
    }

    private static ImmutableSortedDictionary<string, double> Sums(IReadOnlyCollection<TestResult> results, Func<TestResult, string?> key) =>
        results.Where(test => test.Result != TestOutcome.Skipped && !string.IsNullOrEmpty(key(test)))
            .GroupBy(test => key(test)!, StringComparer.Ordinal)
            .Take(MostNames)
            .ToImmutableSortedDictionary(group => group.Key, group => group.Sum(test => test.RunTime), StringComparer.Ordinal);
}
