namespace Ringfence.Access.Release;

/// <summary>What a job does after the decisions about everything it asks for.</summary>
public enum ReleaseOutcome
{
    /// <summary>It never runs: status <c>unauthorized</c> (CTX-50).</summary>
    Unauthorized,

    /// <summary>It fails, since it names a context that does not exist (CTX-10).</summary>
    Failed,

    /// <summary>It gets everything it asks for.</summary>
    Released,
}
