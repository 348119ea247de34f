namespace Ringfence.Runner.Steps;

/// <summary>In which state of the job a step runs (EX-6.11).</summary>
internal enum StepWhen
{
    /// <summary>As long as no step has failed.</summary>
    OnSuccess,

    /// <summary>Once a step has failed.</summary>
    OnFail,

    /// <summary>In both.</summary>
    Always,
}
