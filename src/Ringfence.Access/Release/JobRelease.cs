using System.Collections.Immutable;

namespace Ringfence.Access.Release;

/// <summary>The decisions about everything that one attempt of one job asks for. Either all is released or nothing (CTX-54).</summary>
/// <param name="Outcome">What the job does.</param>
/// <param name="Decisions">One for each thing asked for, in the same order.</param>
public sealed record JobRelease(ReleaseOutcome Outcome, ImmutableArray<ReleaseDecision> Decisions)
{
    /// <summary>Whether everything is released.</summary>
    public bool IsReleased => Outcome == ReleaseOutcome.Released;

    /// <summary>The denial that people see; null when everything is released.</summary>
    public Denial? First => Decisions.SelectMany(d => d.Denials).OrderBy(d => d.Check).FirstOrDefault();
}
