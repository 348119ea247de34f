namespace Ringfence.Runner.TestResults;

/// <summary>How a test ended (EX-11.2); an error counts as a failure.</summary>
public enum TestOutcome
{
    /// <summary>It passed.</summary>
    Success,

    /// <summary>It failed, or could not be run.</summary>
    Failure,

    /// <summary>It was not run.</summary>
    Skipped,
}
