using Ringfence.Primitives;

namespace Ringfence.Config.Orbs;

/// <summary>The answer to "where is this orb?".</summary>
public abstract record OrbLookup
{
    private OrbLookup()
    {
    }

    /// <summary>The orb is here.</summary>
    /// <param name="Resolved">The exact reference, such as <c>circleci/node@5.2.0</c>, or the URL.</param>
    /// <param name="Source">Its text, packed into one YAML document.</param>
    /// <param name="Digest">The digest of the text, <c>sha256:…</c>.</param>
    public sealed record Found(string Resolved, SourceText Source, string Digest) : OrbLookup;

    /// <summary>No such orb or version is to be had.</summary>
    /// <param name="Hint">What would make it available, such as the command that adds it.</param>
    public sealed record Missing(string Hint) : OrbLookup;

    /// <summary>The orb is there but may not be used: an allow-list, a limit or the lock says no.</summary>
    /// <param name="Reason">One sentence.</param>
    /// <param name="Hint">What to do.</param>
    public sealed record Refused(string Reason, string Hint) : OrbLookup;
}
