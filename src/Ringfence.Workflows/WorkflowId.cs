namespace Ringfence.Workflows;

/// <summary>One run of a workflow; a rerun has another (EX-5.1).</summary>
public readonly record struct WorkflowId(Guid Value)
{
    /// <summary>The id as the API and <c>CIRCLE_WORKFLOW_ID</c> write it.</summary>
    public override string ToString() => Value.ToString("D");
}
