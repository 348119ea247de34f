namespace Ringfence.Access.Release;

/// <summary>What a forge says about where the code of a pipeline comes from.</summary>
public sealed record ForkEvidence
{
    /// <summary>The forge's id of the repository the code is in; null when it is not known.</summary>
    public string? OriginRepository { get; init; }

    /// <summary>The forge's id of the project's repository; null when it is not known.</summary>
    public string? TargetRepository { get; init; }

    /// <summary>The whole name of the reference that is built, such as <c>refs/heads/main</c>; null when it is not known.</summary>
    public string? Reference { get; init; }

    /// <summary>Whether the forge itself calls it a fork; null when it says nothing.</summary>
    public bool? IsCalledFork { get; init; }

    /// <summary>Whether an outsider, or a bot for a fork, made the branch and no member has reviewed the commit since (FORK-12).</summary>
    public bool IsMadeForOutsider { get; init; }

    /// <summary>What was decided for the pipeline that this one repeats or continues; null when it is the first (FORK-13).</summary>
    public ForkState? Earlier { get; init; }
}
