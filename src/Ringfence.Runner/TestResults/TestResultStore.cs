using System.Collections.Immutable;
using System.Globalization;
using Ringfence.Protocol.Tests;
using Ringfence.Runner.Blobs;

namespace Ringfence.Runner.TestResults;

/// <summary>The test results of workflows, so that they can be shown and failed tests run again.</summary>
public sealed class TestResultStore(string root, TimeProvider clock, StoreLimits limits)
{
    private readonly string _folder = Path.Combine(root, "tests");

    /// <summary>Keeps the results of one node, those of all its steps; once more replaces them.</summary>
    /// <exception cref="StoreException">The disk is full or cannot be written.</exception>
    public async Task SaveAsync(string workflowId, string job, int nodeIndex, ImmutableArray<TestResult> results, CancellationToken cancel)
    {
        using var claim = await StoreLock.TakeAsync(root, cancel);
        var path = Path.Combine(FolderOf(workflowId, job), nodeIndex.ToString(CultureInfo.InvariantCulture) + ".json");
        IndexFile.Write(path, new StoredTestResults(job, nodeIndex, clock.GetUtcNow() + limits.TestResultRetention, results), StoreJson.Default.StoredTestResults);
    }

    /// <summary>The results of all nodes of a job (EX-11.4).</summary>
    public ImmutableArray<TestResult> Read(string workflowId, string job) =>
        [.. IndexFile.All(FolderOf(workflowId, job)).Select(Stored).OfType<StoredTestResults>()
            .Where(node => node.ExpiresAt > clock.GetUtcNow()).OrderBy(node => node.NodeIndex).SelectMany(node => node.Results)];

    /// <summary>The failed tests of a job; null when there are no results, or they are too old (section 16: 15 days).</summary>
    public FailedTests? Failed(string workflowId, string job)
    {
        var results = Read(workflowId, job);
        var failed = results.Where(test => test.Result == TestOutcome.Failure).ToList();
        return results.IsEmpty ? null : new FailedTests
        {
            Workflow = workflowId,
            Total = results.Length,
            Failed = failed.Count,
            Files = Names(failed.Select(test => test.File)),
            Classnames = Names(failed.Select(test => test.Classname)),
        };
    }

    /// <summary>Removes results that are too old.</summary>
    public async Task PruneAsync(CancellationToken cancel)
    {
        using var claim = await StoreLock.TakeAsync(root, cancel);
        foreach (var path in IndexFile.All(_folder).Where(path => Stored(path) is not { } node || node.ExpiresAt <= clock.GetUtcNow()))
            IndexFile.Remove(path);
    }

    private static ImmutableArray<string> Names(IEnumerable<string?> names) =>
        [.. names.OfType<string>().Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static StoredTestResults? Stored(string path) => IndexFile.TryRead(path, StoreJson.Default.StoredTestResults);

    private string FolderOf(string workflowId, string job) => Path.Combine(_folder, FolderName.Of(workflowId), FolderName.Of(job));
}
