using Ringfence.Primitives;

namespace Ringfence.Config.Yaml;

/// <summary>A value of a YAML document that knows its place: a scalar, a sequence or a mapping. Immutable.</summary>
/// <remarks>An aliased node is shared, not copied, so a document is a graph without cycles rather than a tree.</remarks>
public abstract class YamlNode
{
    private protected YamlNode(SourceSpan span) => Span = span;

    /// <summary>Where the node is written.</summary>
    public SourceSpan Span { get; }

    /// <summary>Whether any scalar below holds <c>&lt;&lt;</c>, so that substitution can pass over the rest at no cost.</summary>
    public abstract bool MayHoldTemplate { get; }

    /// <summary>Nodes below and including this one when every alias is written out.</summary>
    public abstract int ExpandedSize { get; }

    /// <summary>How many levels of lists and maps there are, through aliases too; 0 for a scalar. What walks a document may recurse, since the reader bounds it.</summary>
    public abstract int Depth { get; }

    /// <summary>What people call the kind of node: String, Boolean, Integer, Float, Null, Mapping or Sequence (CL-2.10).</summary>
    public abstract string TypeName { get; }
}
