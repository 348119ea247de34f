namespace Ringfence.Access.Names;

/// <summary>One version of the value of a variable; it says nothing about the value.</summary>
/// <remarks><c>default</c> names nothing; a decision about it denies.</remarks>
public readonly record struct VersionId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
