using System.Collections.Immutable;

namespace Ringfence.Protocol.Tests;

/// <summary>What failed in the workflow whose failed tests run again: what the runner writes to <see cref="StoredAs"/> for EX-10.12, and only for such a rerun.</summary>
public sealed record FailedTests
{
    /// <summary>The file's name in the folder that <c>CIRCLE_INTERNAL_TASK_DATA</c> names.</summary>
    public const string StoredAs = "failed-tests.json";

    /// <summary>The longest file that a reader accepts, in bytes.</summary>
    public const long LargestFile = 16L * 1024 * 1024;

    /// <summary>The id of the workflow that the results are from.</summary>
    public required string Workflow { get; init; }

    /// <summary>How many tests there were.</summary>
    public required int Total { get; init; }

    /// <summary>How many of them failed.</summary>
    public required int Failed { get; init; }

    /// <summary>The results' <c>file</c> of each failed test that has one, without repetition.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>The results' <c>classname</c> of each failed test that has one, without repetition.</summary>
    public required ImmutableArray<string> Classnames { get; init; }
}
