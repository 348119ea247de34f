namespace Ringfence.Workflows.Serial;

/// <summary>The wish of one lock job for the lock of a serial group.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Job">The lock job.</param>
/// <param name="Project">The project as the organization knows it.</param>
/// <param name="PipelineNumber">The number of the pipeline in its project.</param>
public sealed record SerialTicket(WorkflowId Workflow, JobId Job, string Project, long PipelineNumber);
