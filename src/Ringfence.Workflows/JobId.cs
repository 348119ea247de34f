namespace Ringfence.Workflows;

/// <summary>One job of one run of a workflow; in a rerun the same job has another.</summary>
public readonly record struct JobId(Guid Value)
{
    /// <summary>The id as the API writes it.</summary>
    public override string ToString() => Value.ToString("D");
}
