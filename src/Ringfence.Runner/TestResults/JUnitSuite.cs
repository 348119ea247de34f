using System.Collections.Immutable;

namespace Ringfence.Runner.TestResults;

/// <summary>Results under one name, for instance those of a job.</summary>
public sealed record JUnitSuite(string Name, ImmutableArray<TestResult> Results);
