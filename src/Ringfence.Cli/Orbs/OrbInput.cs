using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Input;
using Ringfence.Config;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Cli.Orbs;

/// <summary>Reads an orb that is to be stored, from one file or from its source tree (CL-15.14, CL-15.15).</summary>
internal static class OrbInput
{
    private static readonly string[] Parts = ["commands", "jobs", "executors", "orbs"];

    /// <summary>The packed orb; null when it is none, and then the reason is reported.</summary>
    public static SourceText? Read(string path, Surroundings surroundings, DiagnosticBag problems)
    {
        var isFolder = path is not InputReader.StandardInput && Directory.Exists(surroundings.FullPath(path));
        var text = isFolder ? OrbTree.Pack(path, surroundings, problems) : new InputReader(surroundings, problems).Read(path, "orb file");
        return text is not null && IsOrb(text, problems) ? text : null;
    }

    private static bool IsOrb(SourceText text, DiagnosticBag problems)
    {
        if (YamlReader.Read(text, problems, Limits.Default) is not { } root || problems.HasErrors)
            return false;
        if (root is YamlMapping map && Parts.Any(map.Has) && !map.Has("workflows"))
            return true;

        problems.Add(new Diagnostic(
            InputCodes.NotAnOrb,
            root.Span with { End = root.Span.Start + 1 },
            "This is not an orb: an orb is a map with commands, jobs, executors or orbs, and without workflows.",
            "Give the packed orb, or the folder that holds @orb.yml."));
        return false;
    }
}
