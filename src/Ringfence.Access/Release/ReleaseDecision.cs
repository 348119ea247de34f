using System.Collections.Immutable;

namespace Ringfence.Access.Release;

/// <summary>Whether the secrets of one context or project are released to one attempt of one job.</summary>
/// <param name="Denials">Every check that failed, in the order of CTX-35; empty when they are released. People see the first, the ledger keeps all.</param>
public sealed record ReleaseDecision(ImmutableArray<Denial> Denials)
{
    /// <summary>Whether they are released. A decision without a list is none.</summary>
    public bool IsReleased => Denials is { IsDefault: false, IsEmpty: true };
}
