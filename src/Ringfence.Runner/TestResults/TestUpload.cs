using System.Collections.Immutable;

namespace Ringfence.Runner.TestResults;

/// <summary>What a <c>store_test_results</c> step brought. The step succeeds whatever is in it (EX-7.51).</summary>
/// <param name="Results">The tests of all files.</param>
/// <param name="Files">The files that were read, as named in the step's path.</param>
/// <param name="Problems">Files with problems, and the problems.</param>
public sealed record TestUpload(
    ImmutableArray<TestResult> Results, ImmutableArray<string> Files, ImmutableSortedDictionary<string, ImmutableArray<string>> Problems);
