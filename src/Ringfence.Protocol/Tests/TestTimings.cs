using System.Collections.ObjectModel;

namespace Ringfence.Protocol.Tests;

/// <summary>How long tests took in the last stored results of the same job, in seconds: what the runner writes to <see cref="StoredAs"/> for EX-10.6. A table that is not there is empty.</summary>
public sealed record TestTimings
{
    // The reader of JSON gives null for a table that is not there.
    private static readonly ReadOnlyDictionary<string, double> Nothing = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>The file's name in the folder that <c>CIRCLE_INTERNAL_TASK_DATA</c> names.</summary>
    public const string StoredAs = "timings.json";

    /// <summary>The longest file that a reader accepts, in bytes.</summary>
    public const long LargestFile = 64L * 1024 * 1024;

    /// <summary>Seconds by the results' <c>file</c>, all tests of a file together.</summary>
    public IReadOnlyDictionary<string, double> Filename { get; init => field = value ?? Nothing; } = Nothing;

    /// <summary>Seconds by the results' <c>classname</c>, all tests of a class together.</summary>
    public IReadOnlyDictionary<string, double> Classname { get; init => field = value ?? Nothing; } = Nothing;

    /// <summary>Seconds by the results' <c>name</c>.</summary>
    public IReadOnlyDictionary<string, double> Testname { get; init => field = value ?? Nothing; } = Nothing;
}
