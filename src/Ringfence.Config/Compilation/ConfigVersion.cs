using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation;

/// <summary>The version of a config (CL-1.9).</summary>
/// <param name="IsLatest">Whether it is 2.1; otherwise it is 2 or 2.0.</param>
internal sealed record ConfigVersion(bool IsLatest)
{
    /// <summary>Reads the version; null when there is none that can be compiled, which is reported.</summary>
    public static ConfigVersion? Read(YamlMapping document, Session session)
    {
        const string Hint = "Write 'version: 2.1' as the first line.";
        switch (document["version"])
        {
            case YamlScalar { Text: "2.1" }:
                return new ConfigVersion(true);
            case YamlScalar { Text: "2" or "2.0" }:
                return new ConfigVersion(false);
            case null:
                var start = document.Entries.IsEmpty ? document.Span : document.Entries[0].Key.Span;
                session.Report(StructureCodes.Version, start, "[#] required key [version] not found", Hint);
                return null;
            case YamlScalar { Text: "1" or "1.0" } old:
                session.Report(StructureCodes.Version, old.Span, "CircleCI version 1 configs are no longer supported", Hint);
                return null;
            case var other:
                session.Report(StructureCodes.Version, other.Span, $"Unsupported config version '{ArgumentTypes.Show(other)}'", Hint);
                return null;
        }
    }
}
