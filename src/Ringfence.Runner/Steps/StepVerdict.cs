using Ringfence.Runner.Jobs;

namespace Ringfence.Runner.Steps;

/// <summary>What a step came to.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ExitCode">Of its command, or null.</param>
/// <param name="Halts">Whether the job ends here with success, unless it has failed (EX-7.63).</param>
internal readonly record struct StepVerdict(StepOutcome Outcome, int? ExitCode = null, bool Halts = false)
{
    public static StepVerdict Success { get; } = new(StepOutcome.Success);

    public static StepVerdict Failed { get; } = new(StepOutcome.Failed);
}
