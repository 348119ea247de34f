using Ringfence.Primitives;

namespace Ringfence.Config.Packing;

/// <summary>A folder of the tree that is packed, with the YAML files in it. Hidden files and other files are left out.</summary>
internal sealed class PackFolder(string name)
{
    private readonly SortedDictionary<string, PackFolder> _folders = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SourceText> _files = new(StringComparer.Ordinal);

    /// <summary>The key of what the folder holds.</summary>
    public string Key { get; } = KeyOf(name);

    /// <summary>What is in the folder, in the order of the names: either a folder or a file.</summary>
    public IEnumerable<(string Name, PackFolder? Folder, SourceText? File)> Children =>
        _folders.Select(f => (f.Key, (PackFolder?)f.Value, (SourceText?)null))
            .Concat(_files.Select(f => (f.Key, (PackFolder?)null, (SourceText?)f.Value)))
            .OrderBy(child => child.Key, StringComparer.Ordinal);

    /// <summary>Puts a file where its path says, unless it is hidden or not YAML.</summary>
    public void Add(string path, SourceText file)
    {
        var parts = path.Split('/');
        if (!IsYaml(parts[^1]) || parts.Any(p => p.Length == 0 || p[0] == '.'))
            return;

        var folder = this;
        foreach (var part in parts[..^1])
        {
            if (!folder._folders.TryGetValue(part, out var next))
                folder._folders.Add(part, next = new PackFolder(part));
            folder = next;
        }

        folder._files[parts[^1]] = file;
    }

    /// <summary>The name without what follows the last dot.</summary>
    public static string KeyOf(string name) => name.LastIndexOf('.') is >= 0 and var dot ? name[..dot] : name;

    private static bool IsYaml(string name) =>
        (name.EndsWith(".yml", StringComparison.Ordinal) && name.Length > 4) || (name.EndsWith(".yaml", StringComparison.Ordinal) && name.Length > 5);
}
