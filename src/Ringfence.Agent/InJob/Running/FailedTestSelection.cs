using System.Collections.Immutable;
using Ringfence.Agent.InJob.Splitting;
using Ringfence.Protocol.Tests;

namespace Ringfence.Agent.InJob.Running;

/// <summary>
/// Selects the names of which a test failed (EX-10.12): those that a failed test has as its file or its class, whatever the type of timings.
/// If no name is among them, all have to run: a rerun that runs nothing because paths are written differently would be green and wrong.
/// </summary>
internal static class FailedTestSelection
{
    /// <summary>The names to run again, in the same order; none if there is nothing to tell them apart by.</summary>
    public static ImmutableArray<TestName> Select(ImmutableArray<TestName> names, FailedTests failed, TestPath paths)
    {
        var wanted = failed.Files.Concat(failed.Classnames).Select(paths.Plain).ToHashSet(StringComparer.Ordinal);
        return [.. names.Where(name => wanted.Contains(paths.Plain(name.Text)))];
    }
}
