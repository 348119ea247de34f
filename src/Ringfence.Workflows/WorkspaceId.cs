namespace Ringfence.Workflows;

/// <summary>Where the jobs of a workflow keep what they persist; all its reruns share it (EX-5.2).</summary>
public readonly record struct WorkspaceId(Guid Value)
{
    /// <summary>The id as <c>CIRCLE_WORKFLOW_WORKSPACE_ID</c> writes it.</summary>
    public override string ToString() => Value.ToString("D");
}
