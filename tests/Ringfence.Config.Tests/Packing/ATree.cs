using Ringfence.Primitives;

namespace Ringfence.Config.Tests.Packing;

/// <summary>Makes trees to pack: files by their path, which is also their name in messages.</summary>
internal static class ATree
{
    /// <summary>A tree of these files.</summary>
    public static IReadOnlyDictionary<string, SourceText> Of(params (string Path, string Text)[] files) =>
        files.ToDictionary(f => f.Path, f => new SourceText(f.Path, f.Text), StringComparer.Ordinal);

    /// <summary>The tree of a folder on disk.</summary>
    public static IReadOnlyDictionary<string, SourceText> In(string folder) =>
        Of([.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => (Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllText(f)))]);
}
