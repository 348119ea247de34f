namespace Ringfence.Access.Names;

/// <summary>A context, by an id that outlives its name (CTX-12).</summary>
/// <remarks><c>default</c> names nothing; a decision about it denies.</remarks>
public readonly record struct ContextId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
