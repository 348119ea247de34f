using Ringfence.Runner.Jobs;

namespace Ringfence.Runner.Steps;

/// <summary>What a step came to.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ExitCode">Of its command, or null.</param>
/// <param name="Halts">Whether the job ends here with success, unless it has failed (EX-7.63).</param>
/// <param name="Limit">The limit that ended it, in words; empty when none did.</param>
internal readonly record struct StepVerdict(StepOutcome Outcome, int? ExitCode = null, bool Halts = false, string Limit = "")
{
    public static StepVerdict Success { get; } = new(StepOutcome.Success);

    public static StepVerdict Failed { get; } = new(StepOutcome.Failed);

    /// <summary>The end of a step whose job is stopped.</summary>
    public static StepVerdict Stopped(JobStop stop, TimeSpan longestRun, int? exitCode = null) => stop.IsTimeOut
        ? new StepVerdict(StepOutcome.TimedOut, exitCode, Limit: $"the job's time limit of {GoDuration.Short(longestRun)}")
        : new StepVerdict(StepOutcome.Canceled, exitCode);
}
