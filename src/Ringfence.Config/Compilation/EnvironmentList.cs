using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation;

/// <summary>
/// The <c>environment</c> of a job in the form of CircleCI's compiled config: a list of one-key maps, the executor's first. When both have
/// a name, the job's value wins and takes the executor's place (CL-10.5).
/// </summary>
internal sealed class EnvironmentList(Session session)
{
    private readonly List<YamlEntry> _entries = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Adds a map, a list of maps and <c>NAME=value</c> texts, or nothing (CL-11.8).</summary>
    public void Add(YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                    Set(entry);
                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                    Add(item);
                break;
            case YamlScalar { IsNull: true }:
                break;
            case YamlScalar scalar when scalar.Text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals:
                Set(new YamlEntry(YamlScalar.String(scalar.Text[..equals], scalar.Span), YamlScalar.String(scalar.Text[(equals + 1)..], scalar.Span)));
                break;
            default:
                session.Report(StructureCodes.WrongType, node.Span, $"'environment' expected type: Mapping, found: {node.TypeName}", "Write 'NAME: value', or a list of 'NAME=value'.");
                break;
        }
    }

    /// <summary>The list; null when nothing was added.</summary>
    public YamlSequence? ToNode(Primitives.SourceSpan span) => _entries.Count == 0
        ? null
        : new YamlSequence(span, [.. _entries.Select(e => (YamlNode)new YamlMapping(e.Key.Span, [e]))]);

    private void Set(YamlEntry entry)
    {
        if (entry.Value is not YamlScalar)
            session.Report(StructureCodes.WrongType, entry.Value.Span, $"'environment' variable {entry.Name} expected type: String, found: {entry.Value.TypeName}", "Write one text, number or truth value.");
        if (_places.TryAdd(entry.Name, _entries.Count))
            _entries.Add(entry);
        else
            _entries[_places[entry.Name]] = entry;
    }
}
