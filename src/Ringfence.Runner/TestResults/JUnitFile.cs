using System.Collections.Immutable;

namespace Ringfence.Runner.TestResults;

/// <summary>What a JUnit file says.</summary>
/// <param name="Results">The tests, in the order of the file; those before a problem count.</param>
/// <param name="Problems">What is wrong with the file, such as <c>invalid top level element: html</c>.</param>
public sealed record JUnitFile(ImmutableArray<TestResult> Results, ImmutableArray<string> Problems);
