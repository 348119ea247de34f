namespace Ringfence.Access.Release;

/// <summary>Whether the code comes from a fork. Everything but <see cref="Own"/> counts as one (FORK-11).</summary>
public enum ForkState
{
    /// <summary>Not known, so a fork.</summary>
    Unknown,

    /// <summary>From another repository, or tainted by one.</summary>
    Fork,

    /// <summary>From the project's own repository.</summary>
    Own,
}
