using System.Collections.Immutable;
using Ringfence.Primitives;

namespace Ringfence.Config.Yaml;

/// <summary>A YAML map with its entries in written order; merge keys are resolved and no key stands twice.</summary>
public sealed class YamlMapping : YamlNode
{
    /// <summary>From here on a dictionary is quicker than looking through the entries.</summary>
    private const int DictionaryFrom = 12;

    private Dictionary<string, YamlNode>? _byName;

    /// <summary>Makes a mapping of entries with distinct names.</summary>
    public YamlMapping(SourceSpan span, ImmutableArray<YamlEntry> entries)
        : base(span)
    {
        Entries = entries;
        long size = 1;
        foreach (var entry in entries)
        {
            size += 1L + entry.Value.ExpandedSize;
            MayHoldTemplate |= entry.Value.MayHoldTemplate;
            Depth = Math.Max(Depth, entry.Value.Depth);
        }

        ExpandedSize = (int)Math.Min(size, int.MaxValue);
        Depth++;
    }

    /// <summary>The entries in written order.</summary>
    public ImmutableArray<YamlEntry> Entries { get; }

    /// <inheritdoc/>
    public override bool MayHoldTemplate { get; }

    /// <inheritdoc/>
    public override int ExpandedSize { get; }

    /// <inheritdoc/>
    public override int Depth { get; }

    /// <inheritdoc/>
    public override string TypeName => "Mapping";

    /// <summary>The value of a key, or null when the key is not there. A written null is a <see cref="YamlScalar"/>.</summary>
    public YamlNode? this[string name]
    {
        get
        {
            if (Entries.Length >= DictionaryFrom)
                return (_byName ??= Entries.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal)).GetValueOrDefault(name);

            foreach (var entry in Entries)
            {
                if (string.Equals(entry.Name, name, StringComparison.Ordinal))
                    return entry.Value;
            }

            return null;
        }
    }

    /// <summary>Whether the key is written, be its value null or not.</summary>
    public bool Has(string name) => this[name] is not null;

    /// <summary>The scalar that holds the key, for messages that point at it; null when the key is not there.</summary>
    public YamlScalar? KeyOf(string name)
    {
        foreach (var entry in Entries)
        {
            if (string.Equals(entry.Name, name, StringComparison.Ordinal))
                return entry.Key;
        }

        return null;
    }
}
