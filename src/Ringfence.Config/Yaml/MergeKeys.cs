using System.Collections.Immutable;
using Ringfence.Config.Diagnostics;
using Ringfence.Primitives;

namespace Ringfence.Config.Yaml;

/// <summary>
/// Resolves <c>&lt;&lt;:</c> in a mapping (CL-1.6, CL-1.8). Written keys win over merged ones; of several merges, in a list or as
/// several <c>&lt;&lt;</c> keys of one map, the first wins. Order is kept: a merged key stands where the merge stands.
/// </summary>
internal static class MergeKeys
{
    public static ImmutableArray<YamlEntry> Apply(List<YamlEntry> written, DiagnosticBag diagnostics)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var merged = new List<YamlEntry>();
        foreach (var entry in written)
        {
            if (entry.Name is "<<" && entry.Key.Style == ScalarStyle.Plain)
                Merge(entry, places, merged, diagnostics);
            else if (places.TryAdd(entry.Name, merged.Count))
                merged.Add(entry);
            else
                merged[places[entry.Name]] = entry;
        }

        return [.. merged];
    }

    private static void Merge(YamlEntry merge, Dictionary<string, int> places, List<YamlEntry> merged, DiagnosticBag diagnostics)
    {
        if (merge.Value is YamlMapping single)
        {
            Take(single, places, merged);
            return;
        }

        if (merge.Value is YamlSequence several && several.Items.All(i => i is YamlMapping))
        {
            foreach (var item in several.Items)
                Take((YamlMapping)item, places, merged);
            return;
        }

        // An alias that means nothing is reported already.
        if (merge.Value is YamlScalar { IsNull: true, Span: var span } && span.Start < span.Source.Text.Length && span.Source.Text[span.Start] == '*')
            return;

        diagnostics.Add(new Diagnostic(
            YamlCodes.BadMerge,
            merge.Key.Span,
            $"{SyntaxWording.Prefix}expected a mapping or list of mappings for merging, but found {(merge.Value is YamlScalar ? "scalar" : "sequence")}",
            "'<<:' takes an alias of a map, such as '<<: *defaults'."));
    }

    private static void Take(YamlMapping source, Dictionary<string, int> places, List<YamlEntry> merged)
    {
        foreach (var entry in source.Entries)
        {
            if (places.TryAdd(entry.Name, merged.Count))
                merged.Add(entry);
        }
    }
}
