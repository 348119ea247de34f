using System.Collections.Concurrent;

namespace Ringfence.Runner.Checkout;

/// <summary>Knows which folders below a root are folders all the way: a name that goes through a link would lead out of the repository.</summary>
internal sealed class RealFolders(string root)
{
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Whether the folder of a name, and all above it, are no links.</summary>
    public bool IsReal(string name)
    {
        var slash = name.LastIndexOf('/');
        return slash < 0 || _known.GetOrAdd(name[..slash], Look);
    }

    private bool Look(string folder)
    {
        if (!IsReal(folder))
            return false;
        var attributes = new DirectoryInfo(Path.Join(root, folder)).Attributes;
        return (int)attributes != -1 && (attributes & (FileAttributes.Directory | FileAttributes.ReparsePoint)) == FileAttributes.Directory;
    }
}
