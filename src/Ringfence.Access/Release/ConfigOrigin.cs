namespace Ringfence.Access.Release;

/// <summary>Where the text of the config came from (EXP-11).</summary>
public enum ConfigOrigin
{
    /// <summary>Not known; an expression that reads it denies.</summary>
    Unknown,

    /// <summary>The repository, at a commit.</summary>
    Vcs,

    /// <summary>The request that started the pipeline.</summary>
    Api,
}
