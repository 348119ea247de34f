namespace Ringfence.Runner.TestResults;

/// <summary>How much of a job's test results is taken.</summary>
public sealed record TestResultLimits
{
    /// <summary>The limits of a normal run.</summary>
    public static TestResultLimits Default { get; } = new();

    /// <summary>Bytes of one file.</summary>
    public int FileBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Files of one step.</summary>
    public int Files { get; init; } = 50_000;

    /// <summary>Bytes of all files of one step.</summary>
    public long Bytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Elements inside of each other.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Tests of one step.</summary>
    public int Tests { get; init; } = 500_000;

    /// <summary>Characters of one name, class or file.</summary>
    public int NameCharacters { get; init; } = 4096;

    /// <summary>Characters of one message; the rest is cut off.</summary>
    public int MessageCharacters { get; init; } = 16 * 1024;
}
