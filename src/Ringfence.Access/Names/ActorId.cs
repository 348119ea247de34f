namespace Ringfence.Access.Names;

/// <summary>Whoever can be the actor of a job: a person or a machine's token; never a name of a forge (CTX-12).</summary>
/// <remarks><c>default</c> names nothing; a decision about it denies.</remarks>
public readonly record struct ActorId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
