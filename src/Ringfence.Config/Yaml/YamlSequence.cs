using System.Collections.Immutable;
using Ringfence.Primitives;

namespace Ringfence.Config.Yaml;

/// <summary>A YAML list.</summary>
public sealed class YamlSequence : YamlNode
{
    /// <summary>Makes a list.</summary>
    public YamlSequence(SourceSpan span, ImmutableArray<YamlNode> items)
        : base(span)
    {
        Items = items;
        long size = 1;
        foreach (var item in items)
        {
            size += item.ExpandedSize;
            MayHoldTemplate |= item.MayHoldTemplate;
            Depth = Math.Max(Depth, item.Depth);
        }

        ExpandedSize = (int)Math.Min(size, int.MaxValue);
        Depth++;
    }

    /// <summary>The items in order.</summary>
    public ImmutableArray<YamlNode> Items { get; }

    /// <inheritdoc/>
    public override bool MayHoldTemplate { get; }

    /// <inheritdoc/>
    public override int ExpandedSize { get; }

    /// <inheritdoc/>
    public override int Depth { get; }

    /// <inheritdoc/>
    public override string TypeName => "Sequence";
}
