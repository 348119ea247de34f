using System.Collections.Immutable;
using Ringfence.Config.Schema;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation.Workflows;

/// <summary>Reads the <c>context</c> of an invocation: a name or a list of names, in order (CL-17.19).</summary>
internal static class ContextNames
{
    public static ImmutableArray<string> Read(YamlNode? node, Session session)
    {
        switch (node)
        {
            case YamlScalar { IsNull: false } scalar:
                return [scalar.Text];
            case YamlSequence sequence:
                var names = ImmutableArray.CreateBuilder<string>();
                foreach (var item in sequence.Items)
                {
                    if (item is YamlSequence inner)
                        names.AddRange(Read(inner, session));
                    else if (Shape.Expect(item, ShapeTypes.Text & ~ShapeTypes.Null, "context", session) && item is YamlScalar name && !names.Contains(name.Text))
                        names.Add(name.Text);
                }

                return names.ToImmutable();
            default:
                Shape.Expect(node, ShapeTypes.String | ShapeTypes.Sequence | ShapeTypes.Null, "context", session);
                return [];
        }
    }
}
