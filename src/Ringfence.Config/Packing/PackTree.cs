using System.Collections.Immutable;
using Ringfence.Primitives;

namespace Ringfence.Config.Packing;

/// <summary>The files of a folder that is packed into one document; whoever makes it has read them.</summary>
/// <param name="Files">The files, in any order.</param>
public sealed record PackTree(ImmutableArray<PackFile> Files)
{
    /// <summary>The files by path, shown by that path in messages.</summary>
    internal IReadOnlyDictionary<string, SourceText> ByPath()
    {
        var files = new Dictionary<string, SourceText>(StringComparer.Ordinal);
        foreach (var file in Files)
            files[file.RelativePath] = new SourceText(file.RelativePath, file.Text);
        return files;
    }
}
