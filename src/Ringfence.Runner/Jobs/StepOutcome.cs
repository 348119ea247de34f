namespace Ringfence.Runner.Jobs;

/// <summary>How a step ended (EX-6.18, EX-6.20).</summary>
public enum StepOutcome
{
    /// <summary>It did what it should.</summary>
    Success,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It printed nothing for too long (EX-6.15), or the job ran for too long (EX-6.22).</summary>
    TimedOut,

    /// <summary>The job was canceled while it ran.</summary>
    Canceled,

    /// <summary>It was not run, because of <c>when</c>, a halt or an earlier end.</summary>
    Skipped,

    /// <summary>The sandbox broke.</summary>
    InfrastructureFail,
}
