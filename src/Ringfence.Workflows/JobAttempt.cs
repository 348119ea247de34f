namespace Ringfence.Workflows;

/// <summary>One try at a job. What is said of an earlier try than the present one is ignored, so a report that comes late or twice does no harm.</summary>
/// <param name="Job">The job.</param>
/// <param name="Number">From 1; higher only after the machine was lost (EX-3.5).</param>
public readonly record struct JobAttempt(JobId Job, int Number);
