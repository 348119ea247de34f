namespace Ringfence.Access.Names;

/// <summary>A security group, by an id that outlives its name (CTX-31).</summary>
/// <remarks><c>default</c> names nothing; a decision about it denies.</remarks>
public readonly record struct GroupId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
