namespace Ringfence.Access.Names;

/// <summary>One restriction of a context or of a project's variables.</summary>
/// <remarks><c>default</c> names nothing; a decision about it denies.</remarks>
public readonly record struct RestrictionId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
