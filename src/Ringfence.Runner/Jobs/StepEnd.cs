namespace Ringfence.Runner.Jobs;

/// <summary>How a step ended.</summary>
/// <param name="Step">Its place in the job.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="ExitCode">The exit code of its command; null when it has none (EX-6.18).</param>
/// <param name="Duration">How long it ran.</param>
/// <param name="Attempt">Which attempt it was, from 0.</param>
public sealed record StepEnd(int Step, StepOutcome Outcome, int? ExitCode, TimeSpan Duration, int Attempt)
{
    /// <summary>The limit that ended it, in words, such as <c>no output for 10m</c> (EX-6.15, EX-6.22); empty when none did.</summary>
    public string Limit { get; init; } = "";
}
