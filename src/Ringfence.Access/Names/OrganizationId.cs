namespace Ringfence.Access.Names;

/// <summary>An organization, by an id that is never used again (CTX-12).</summary>
/// <remarks><c>default</c> names nothing; a decision about it denies.</remarks>
public readonly record struct OrganizationId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
