namespace Ringfence.Runner.TestResults;

/// <summary>One test of one run (EX-11.2).</summary>
public sealed record TestResult
{
    /// <summary>Its name; empty when the file has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its class, module or suite; empty when the file has none.</summary>
    public string Classname { get; init; } = "";

    /// <summary>The source file; null when the file does not say.</summary>
    public string? File { get; init; }

    /// <summary>Seconds; 0 when the file does not say.</summary>
    public double RunTime { get; init; }

    /// <summary>How it ended.</summary>
    public TestOutcome Result { get; init; }

    /// <summary>Why it failed or was skipped; cut where it is very long.</summary>
    public string Message { get; init; } = "";

    /// <summary>What ran it: the folder in the step's path, or the name of the suite.</summary>
    public string Source { get; init; } = "unknown";
}
