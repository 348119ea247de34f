using System.Collections.Immutable;

namespace Ringfence.Runner.TestResults;

/// <summary>What a person wants to know of the tests of a job.</summary>
/// <param name="Total">All tests, skipped ones too.</param>
/// <param name="Failed">Tests that failed.</param>
/// <param name="Skipped">Tests that were not run.</param>
/// <param name="Seconds">The times of all tests together.</param>
/// <param name="Slowest">The ten slowest, the slowest first.</param>
public sealed record TestSummary(int Total, int Failed, int Skipped, double Seconds, ImmutableArray<TestResult> Slowest)
{
    private const int MostSlowest = 10;

    /// <summary>Sums up the results of all steps and nodes (EX-11.4).</summary>
    public static TestSummary Of(IEnumerable<TestResult> results)
    {
        var all = results.ToImmutableArray();
        return new TestSummary(
            all.Length,
            all.Count(test => test.Result == TestOutcome.Failure),
            all.Count(test => test.Result == TestOutcome.Skipped),
            all.Sum(test => test.RunTime),
            [.. all.Where(test => test.RunTime > 0).OrderByDescending(test => test.RunTime).Take(MostSlowest)]);
    }
}
