using System.Collections.Frozen;

namespace Ringfence.Runner.Checkout;

/// <summary>Which code a run is about, and where its snapshot goes.</summary>
public sealed record SourceRequest
{
    /// <summary>Any folder of the working copy; the snapshot is of the whole repository. Outside of git it is the folder that is copied.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder that the snapshot is made in: empty, or not there yet. On the same file system as the repository it costs no second copy of the history.</summary>
    public required string Into { get; init; }

    /// <summary>A commit, branch or tag for a clean checkout of it; null for the working tree with everything that is not committed yet.</summary>
    public string? Commit { get; init; }

    /// <summary>The local branch that the snapshot is on (EX-7.11); empty on a tag or a detached HEAD.</summary>
    public string Branch { get; init; } = "";

    /// <summary>The tag that the snapshot is at, which is made when the repository does not have it there; or empty.</summary>
    public string Tag { get; init; } = "";

    /// <summary>The full path of the git program; null when it is not installed.</summary>
    public string? Git { get; init; }

    /// <summary>Variables for git, of which only PATH, HOME and XDG_CONFIG_HOME are used.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>How much is taken.</summary>
    public SourceLimits Limits { get; init; } = SourceLimits.Default;
}
