using System.Collections.Immutable;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Keep.Asking;

/// <summary>What became of a job's wish for secrets. A closed family.</summary>
public abstract record ReleaseAnswer
{
    private ReleaseAnswer()
    {
    }

    /// <summary>It gets all that it may have.</summary>
    /// <param name="Variables">The variables; whoever takes them disposes their values.</param>
    /// <param name="Entry">The entry of the ledger.</param>
    public sealed record Granted(ImmutableArray<ReleasedVariable> Variables, long Entry) : ReleaseAnswer
    {
        /// <summary>The SSH keys that its steps install; whoever takes them disposes their values.</summary>
        public ImmutableArray<ReleasedSshKey> SshKeys { get; init; } = [];
    }

    /// <summary>It gets nothing.</summary>
    /// <param name="IsMissing">Whether it names a context that does not exist and nothing else is wrong, so that it fails rather than being unauthorized.</param>
    /// <param name="Reasons">Why; people see the first.</param>
    public sealed record Denied(bool IsMissing, ImmutableArray<Reason> Reasons) : ReleaseAnswer;
}
