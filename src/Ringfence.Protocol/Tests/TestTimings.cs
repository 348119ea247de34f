namespace Ringfence.Protocol.Tests;

/// <summary>How long tests took in the last stored results of the same job, in seconds: what the runner writes to <see cref="StoredAs"/> for EX-10.6.</summary>
public sealed record TestTimings
{
    /// <summary>The file's name in the folder that <c>CIRCLE_INTERNAL_TASK_DATA</c> names.</summary>
    public const string StoredAs = "timings.json";

    /// <summary>The longest file that a reader accepts, in bytes.</summary>
    public const long LargestFile = 64L * 1024 * 1024;

    /// <summary>Seconds by the results' <c>file</c>, all tests of a file together.</summary>
    public required IReadOnlyDictionary<string, double> Filename { get; init; }

    /// <summary>Seconds by the results' <c>classname</c>, all tests of a class together.</summary>
    public required IReadOnlyDictionary<string, double> Classname { get; init; }

    /// <summary>Seconds by the results' <c>name</c>.</summary>
    public required IReadOnlyDictionary<string, double> Testname { get; init; }
}
