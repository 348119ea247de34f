using Ringfence.Keep.Serving;
using Ringfence.Runner.Blobs;

namespace Ringfence.Cli.Local;

/// <summary>Where Ringfence keeps what outlives a run on this machine. One folder, so that removing it removes everything.</summary>
/// <param name="Root">The folder.</param>
internal sealed record LocalState(string Root)
{
    /// <summary>Names the folder, for who wants it elsewhere.</summary>
    public const string Variable = "RINGFENCE_HOME";

    /// <summary>Caches, workspaces, timings and test results of all projects.</summary>
    public string Stores => Path.Combine(Root, "store");

    /// <summary>The folders of sandboxes that run now.</summary>
    public string Sandboxes => Path.Combine(Root, "sandboxes");

    /// <summary>Which run holds which serial group of an organization; another's groups of the same name are other groups (EX-3.15).</summary>
    public string Serial(string organization) => Path.Combine(Root, "serial", FolderName.Of(organization));

    /// <summary>The keep of this machine, and the sealed secrets beside it.</summary>
    public KeepFolder Keep => new(Path.Combine(Root, "keep"), Path.Combine(Root, "vault"));

    /// <summary>The key by which the keep knows who asks it. It opens nothing.</summary>
    public string RequesterKey => Path.Combine(Root, "requester.key");

    /// <summary>The folder of a user, by the XDG base directory specification; null when there is neither the variable nor a home.</summary>
    public static LocalState? Of(Surroundings surroundings)
    {
        if (surroundings.Variable(Variable) is { } own)
            return new LocalState(surroundings.FullPath(own));
        if (surroundings.Variable("XDG_STATE_HOME") is { } state && Path.IsPathFullyQualified(state))
            return new LocalState(Path.Combine(state, "ringfence"));
        return surroundings.Variable("HOME") is { } home && Path.IsPathFullyQualified(home)
            ? new LocalState(Path.Combine(home, ".local", "state", "ringfence"))
            : null;
    }

    /// <summary>What belongs to one project: its numbers and its runs.</summary>
    public string Project(string slug) => Path.Combine(Root, "projects", FolderName.Of(slug));
}
