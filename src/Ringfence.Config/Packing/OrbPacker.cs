using System.Collections.Immutable;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Packing;

/// <summary>Packs the source tree of an orb into one document, as <c>circleci orb pack</c> does (CL-15.14, CL-15.15, CL-6.15).</summary>
/// <remarks>
/// Read are the files of the top folder, of which <c>@orb.yml</c> must be there, and those of <c>commands</c>, <c>executors</c>, <c>examples</c>
/// and <c>jobs</c>, without folders below them. Every other file is there to be included.
/// </remarks>
public static class OrbPacker
{
    // In the order in which CircleCI's packer writes them; other keys it drops.
    private static readonly ImmutableArray<string> Sections = ["version", "description", "display", "orbs", "commands", "executors", "jobs", "examples"];

    private static readonly ImmutableArray<string> Folders = ["commands", "executors", "examples", "jobs"];

    /// <summary>Packs files that know the name people call them by.</summary>
    /// <param name="files">The files by their path from the top of the tree, with forward slashes.</param>
    /// <param name="diagnostics">Takes what there is to say about them.</param>
    /// <param name="limits">How much is read.</param>
    /// <returns>The orb, or null when a file was refused.</returns>
    public static YamlMapping? Pack(IReadOnlyDictionary<string, SourceText> files, DiagnosticBag diagnostics, Limits limits)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(diagnostics);
        ArgumentNullException.ThrowIfNull(limits);
        if (!files.ContainsKey("@orb.yml"))
        {
            diagnostics.Add(new Diagnostic(
                PackCodes.NoOrb,
                SourceSpan.None,
                "@orb.yml file not found, are you sure this is the Orb root?",
                "Name the folder that holds @orb.yml; in most orbs it is 'src'."));
            return null;
        }

        if (new FolderMerge(diagnostics, limits).Merge(files.Where(f => IsPacked(f.Key))) is not { } merged)
            return null;

        var includes = new Includes(files, diagnostics, limits);
        var sections = Sections.Select(name => Section(merged, name, includes)).OfType<YamlEntry>();
        var orb = new YamlMapping(merged.Span, [.. sections]);
        return diagnostics.HasErrors ? null : orb;
    }

    private static bool IsPacked(string path) => path.Split('/') switch
    {
        [_] => true,
        [var folder, _] => Folders.Contains(folder, StringComparer.Ordinal),
        _ => false,
    };

    private static YamlEntry? Section(YamlMapping orb, string name, Includes includes)
    {
        if (orb[name] is not { } value || orb.KeyOf(name) is not { } key)
            return null;
        return new YamlEntry(key, name is "commands" or "executors" or "jobs" ? includes.Inline(value) : value);
    }
}
