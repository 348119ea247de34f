using System.Text.RegularExpressions;
using Ringfence.Config.Orbs;
using Ringfence.Config.Packing;
using Ringfence.Primitives;

namespace Ringfence.Config.Tests.Recorded;

/// <summary>
/// Orbs out of a folder of public sources: <c>namespace/name/version</c> as a tree, or <c>version.yml</c>. A version such as <c>5</c> means
/// what it meant when the output was recorded.
/// </summary>
internal sealed partial class RecordedOrbs(string? folder, string origin) : IOrbSource
{
    private readonly Dictionary<string, string> _resolved = ResolvedLine().Matches(origin)
        .DistinctBy(m => m.Groups[1].Value)
        .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value, StringComparer.Ordinal);

    public OrbLookup Find(OrbReference reference)
    {
        if (folder is null || reference is not OrbReference.Registry registry)
            return new OrbLookup.Missing("No folder of orb sources is given.");

        var exact = _resolved.GetValueOrDefault(reference.ToString()!, reference.ToString()!);
        var path = Path.Combine(folder, registry.Namespace, registry.Name, exact[(exact.IndexOf('@', StringComparison.Ordinal) + 1)..]);
        if (File.Exists(path + ".yml"))
            return Found(exact, File.ReadAllText(path + ".yml"));
        if (!Directory.Exists(path))
            return new OrbLookup.Missing("Its source is not in the folder.");

        var files = Directory.GetFiles(path, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(path, f).Replace('\\', '/'), f => new SourceText(f, File.ReadAllText(f)), StringComparer.Ordinal);
        var problems = new DiagnosticBag();
        var packed = OrbPacker.Pack(files, problems, Limits.Default);
        Assert.False(problems.HasErrors, string.Join("; ", problems.ToImmutable()));
        return Found(exact, Yaml.YamlWriter.Write(packed!));
    }

    private static OrbLookup.Found Found(string exact, string text) =>
        new(exact, new SourceText(exact, text), Digest.Of(System.Text.Encoding.UTF8.GetBytes(text)).ToString());

    [GeneratedRegex("# Orb '([^']+)' resolved to '([^']+)'")]
    private static partial Regex ResolvedLine();
}
