using System.Collections.Immutable;

namespace Ringfence.Access.Contexts;

/// <summary>What becomes of a wish to change a policy. A closed family.</summary>
public abstract record PolicyChange
{
    private PolicyChange()
    {
    }

    /// <summary>The policy changes. Record the sentence in the ledger in the same transaction.</summary>
    /// <param name="Policy">The policy from now on.</param>
    /// <param name="IsHighSeverity">Whether the change opens the secrets to more than before in a way that people have to see (CTX-33).</param>
    /// <param name="Sentence">What happened.</param>
    public sealed record Changed(AccessPolicy Policy, bool IsHighSeverity, string Sentence) : PolicyChange;

    /// <summary>Nothing changes until somebody has read the sentences and asks again with a confirmation.</summary>
    public sealed record NeedsConfirmation(ImmutableArray<string> Sentences) : PolicyChange;

    /// <summary>Nothing changes. Each sentence says what is wrong.</summary>
    public sealed record Refused(ImmutableArray<string> Sentences) : PolicyChange;
}
