using Ringfence.Cli.Input;
using Ringfence.Config;
using Ringfence.Config.Packing;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Cli.Orbs;

/// <summary>Packs the source tree of an orb (CL-15.15).</summary>
internal static class OrbTree
{
    /// <summary>The packed orb; null when the tree is none, and then the reason is reported.</summary>
    public static SourceText? Pack(string path, Surroundings surroundings, DiagnosticBag problems)
    {
        var files = new FolderReader(surroundings, problems).Read(path, static _ => true);
        if (files.Count == 0 || OrbPacker.Pack(files, problems, Limits.Default) is not { } orb || problems.HasErrors)
            return null;
        return new SourceText(path, YamlWriter.Write(orb));
    }
}
