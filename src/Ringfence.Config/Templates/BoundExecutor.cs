using Ringfence.Config.Compilation;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Templates;

/// <summary>The value of a parameter of type <c>executor</c>: a name or map together with the scope in which the name was written (CL-5.14).</summary>
internal sealed class BoundExecutor(SourceSpan span, YamlNode reference, ElementScope scope) : YamlNode(span)
{
    /// <summary>The name, or the map of <c>name</c> and arguments; nothing is left to substitute in it.</summary>
    public YamlNode Reference { get; } = reference;

    public ElementScope Scope { get; } = scope;

    /// <summary>The name by which it is compared and written into text (CL-5.16).</summary>
    public YamlScalar Name => Reference switch
    {
        YamlScalar scalar => scalar,
        YamlMapping mapping when mapping["name"] is YamlScalar name => name,
        _ => YamlScalar.Null(Span),
    };

    public override bool MayHoldTemplate => false;

    public override int ExpandedSize => Reference.ExpandedSize;

    public override int Depth => Reference.Depth;

    public override string TypeName => Reference.TypeName;
}
