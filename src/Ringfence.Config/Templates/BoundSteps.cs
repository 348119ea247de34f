using System.Collections.Immutable;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Templates;

/// <summary>The value of a parameter of type <c>steps</c>: steps that are expanded already, in the scope of whoever wrote them (CL-5.17).</summary>
internal sealed class BoundSteps(SourceSpan span, ImmutableArray<YamlNode> steps) : YamlNode(span)
{
    public ImmutableArray<YamlNode> Steps { get; } = steps;

    public override bool MayHoldTemplate => false;

    public override int ExpandedSize => 1 + Steps.Length;

    public override int Depth => 1;

    public override string TypeName => "Sequence";
}
