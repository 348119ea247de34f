namespace Ringfence.Workflows.Planning;

/// <summary>Why there is this run of a workflow.</summary>
public enum WorkflowOrigin
{
    /// <summary>The pipeline began it.</summary>
    Pipeline,

    /// <summary>A person reran an earlier one; it is never rerun by itself (EX-5.8).</summary>
    ManualRerun,

    /// <summary>An earlier one failed and was to be repeated (EX-5.8).</summary>
    AutomaticRerun,
}
