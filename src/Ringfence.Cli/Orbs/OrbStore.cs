using System.Collections.Immutable;
using Ringfence.Config.Orbs;
using Semver;

namespace Ringfence.Cli.Orbs;

/// <summary>The orbs kept on this machine: one file a version, <c>namespace/name/version.yml</c> below one folder.</summary>
/// <remarks>Several processes may use it at once: a file appears whole or not at all.</remarks>
internal sealed class OrbStore(string root)
{
    /// <summary>How often a claim is tried; some seconds in all.</summary>
    private const int MostTurns = 5000;

    private const string Extension = ".yml";

    /// <summary>The folder.</summary>
    public string Root { get; } = root;

    /// <summary>The store of this user: <c>RINGFENCE_ORBS</c>, or a folder below <c>XDG_DATA_HOME</c>.</summary>
    public static OrbStore Of(Surroundings surroundings)
    {
        if (surroundings.Variable("RINGFENCE_ORBS") is { } folder)
            return new OrbStore(surroundings.FullPath(folder));

        return new OrbStore(Path.Combine(XdgFolder.Data(surroundings), "ringfence", "orbs"));
    }

    /// <summary>The text of a version; null when the store does not have it.</summary>
    public byte[]? Read(OrbVersion version)
    {
        try
        {
            return File.ReadAllBytes(PathOf(version));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Keeps a version. A published version that is there with other content stays as it is, unless it is to be replaced.</summary>
    public OrbAddition Add(OrbVersion version, byte[] content, bool replace)
    {
        using var claim = Claim();
        var before = Read(version);
        if (before is not null && before.AsSpan().SequenceEqual(content))
            return OrbAddition.AlreadyThere;
        if (before is not null && version.IsPublished && !replace)
            return OrbAddition.WouldChange;

        AtomicFile.TryWrite(PathOf(version), content, overwrite: true);
        return before is null ? OrbAddition.Added : OrbAddition.Replaced;
    }

    /// <summary>
    /// Keeps others from adding at the same moment, in this process or another: between looking and writing, the version of somebody else
    /// could be lost, since moving a file to a name that must be free is not one step.
    /// </summary>
    private FileStream Claim()
    {
        Directory.CreateDirectory(Root);
        var spin = default(SpinWait);
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(Root, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (spin.Count < MostTurns)
            {
                spin.SpinOnce();
            }
        }
    }

    /// <summary>Forgets a version; false when it was not there.</summary>
    public bool Remove(OrbVersion version)
    {
        var path = PathOf(version);
        if (!File.Exists(path))
            return false;

        File.Delete(path);
        for (var folder = Path.GetDirectoryName(path)!; folder.Length > Root.Length && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
            Directory.Delete(folder);
        return true;
    }

    /// <summary>Everything in the store, by name and then by version.</summary>
    public ImmutableArray<OrbVersion> List()
    {
        if (!Directory.Exists(Root))
            return [];

        return [.. Directory.EnumerateDirectories(Root).Order(StringComparer.Ordinal)
            .SelectMany(space => Directory.EnumerateDirectories(space).Order(StringComparer.Ordinal)
                .SelectMany(name => Versions(Path.GetFileName(space), Path.GetFileName(name))))];
    }

    /// <summary>The versions of one orb, oldest first; development versions last.</summary>
    public ImmutableArray<OrbVersion> Versions(string space, string name)
    {
        var folder = Path.Combine(Root, space, name);
        if (!Directory.Exists(folder))
            return [];

        var versions = Directory.EnumerateFiles(folder, "*" + Extension)
            .Select(f => Uri.UnescapeDataString(Path.GetFileNameWithoutExtension(f)))
            .Select(v => OrbVersion.TryParse($"{space}/{name}@{v}", out var version, out _) ? version : null)
            .OfType<OrbVersion>();
        return [.. versions.OrderBy(v => v.IsPublished ? 0 : 1)
            .ThenBy(v => v.Number, Comparer<SemVersion?>.Create(SemVersion.CompareSortOrder))
            .ThenBy(v => v.Version, StringComparer.Ordinal)];
    }

    /// <summary>The version that a reference means by what the store has (CL-15.2); null when there is none.</summary>
    public OrbVersion? Resolve(OrbReference.Registry reference)
    {
        if (OrbVersion.Of(reference) is { } exact)
            return File.Exists(PathOf(exact)) ? exact : null;

        var range = reference.Version is "volatile" ? "" : reference.Version + ".";
        return Versions(reference.Namespace, reference.Name)
            .LastOrDefault(v => v.IsPublished && v.Version.StartsWith(range, StringComparison.Ordinal));
    }

    // The names were checked letter by letter when the version was parsed; of a label, the slash and the dots are written as %2F and the like.
    private string PathOf(OrbVersion version) =>
        Path.Combine(Root, version.Namespace, version.Name, Uri.EscapeDataString(version.Version) + Extension);
}
