using Ringfence.Access.Contexts;

namespace Ringfence.Access.Release;

/// <summary>What was found under a name that a job gives for a context. A closed family.</summary>
public abstract record PolicyLookup
{
    private PolicyLookup()
    {
    }

    /// <summary>The policy of a context, or of the project's variables.</summary>
    public sealed record Found(AccessPolicy Policy) : PolicyLookup;

    /// <summary>There is no such context in the organization (CTX-10).</summary>
    public sealed record Missing(string Name) : PolicyLookup;
}
