using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Packing;

/// <summary>Merges the YAML files of a folder into one config, as <c>circleci config pack</c> does (CL-23.1a).</summary>
public static class ConfigPacker
{
    /// <summary>Packs files that know the name people call them by.</summary>
    /// <param name="files">The files by their path from the top of the tree, with forward slashes.</param>
    /// <param name="diagnostics">Takes what there is to say about them.</param>
    /// <param name="limits">How much is read.</param>
    /// <returns>The config, or null when a file was refused.</returns>
    public static YamlMapping? Pack(IReadOnlyDictionary<string, SourceText> files, DiagnosticBag diagnostics, Limits limits)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(diagnostics);
        ArgumentNullException.ThrowIfNull(limits);
        return new FolderMerge(diagnostics, limits).Merge(files);
    }
}
