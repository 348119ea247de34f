using Ringfence.Runner.Jobs;

namespace Ringfence.Cli.Run.Views;

/// <summary>What is known of a step.</summary>
internal sealed class StepRecord(StepStart start, DateTimeOffset startedAt)
{
    public StepStart Start { get; } = start;

    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>How it ended; null while it runs.</summary>
    public StepEnd? End { get; set; }

    /// <summary>The end of its output; let go when it ended well.</summary>
    public OutputTail Tail { get; private set; } = new();

    /// <summary>Whether it ended in a way that fails the job.</summary>
    public bool Failed => End is { Outcome: StepOutcome.Failed or StepOutcome.TimedOut or StepOutcome.InfrastructureFail };

    /// <summary>How it ended, in words.</summary>
    public string Ending => End switch
    {
        null => "running",
        { Outcome: StepOutcome.Failed, ExitCode: { } code } => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"exit code {code}"),
        { Outcome: StepOutcome.Failed } => "failed",
        { Outcome: StepOutcome.TimedOut, Limit: { Length: > 0 } limit } => $"timed out: {limit}",
        { Outcome: StepOutcome.TimedOut } => "timed out",
        { Outcome: StepOutcome.Canceled } => "canceled",
        { Outcome: StepOutcome.Skipped } => "skipped",
        { Outcome: StepOutcome.InfrastructureFail } => Start.Kind is "spin_up" ? "could not start" : "lost its sandbox",
        _ => "done",
    };

    /// <summary>Frees the output that nobody will ask for.</summary>
    public void ForgetOutput() => Tail = new OutputTail();
}
