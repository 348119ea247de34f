using System.Collections.Frozen;

namespace Ringfence.Runner.TestResults;

/// <summary>What a rerun of failed tests selects by (EX-10.12).</summary>
/// <param name="Files">Files with a failed test.</param>
/// <param name="Classnames">Classes with a failed test.</param>
/// <param name="Failed">Tests that failed.</param>
/// <param name="Total">All tests.</param>
public sealed record FailedTests(FrozenSet<string> Files, FrozenSet<string> Classnames, int Failed, int Total)
{
    /// <summary>Reads them out of results.</summary>
    public static FailedTests Of(IReadOnlyCollection<TestResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var failed = results.Where(test => test.Result == TestOutcome.Failure).ToList();
        return new FailedTests(
            failed.Select(test => test.File).OfType<string>().Where(file => file.Length > 0).ToFrozenSet(StringComparer.Ordinal),
            failed.Select(test => test.Classname).Where(name => name.Length > 0).ToFrozenSet(StringComparer.Ordinal),
            failed.Count,
            results.Count);
    }
}
