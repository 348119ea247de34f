using System.Collections.Immutable;
using Ringfence.Config.Packing;

namespace Ringfence.Config.Tests.Packing;

/// <summary>Makes trees to pack.</summary>
internal static class ATree
{
    /// <summary>A tree of the files given as path and text in turn.</summary>
    public static PackTree Of(params (string Path, string Text)[] files) => new([.. files.Select(f => new PackFile(f.Path, f.Text))]);

    /// <summary>The tree of a folder on disk.</summary>
    public static PackTree In(string folder) => new(
    [
        .. from file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
           select new PackFile(Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText(file)),
    ]);

    /// <summary>The problems as <c>code path:line:column</c>.</summary>
    public static ImmutableArray<string> Places(PackResult result) => [.. result.Diagnostics.Select(d => $"{d.Code} {d.Span}".TrimEnd())];
}
