using System.Collections.Immutable;

namespace Ringfence.Runner.TestResults;

/// <summary>The results of one node of a job.</summary>
internal sealed record StoredTestResults(string Job, int NodeIndex, DateTimeOffset ExpiresAt, ImmutableArray<TestResult> Results);
