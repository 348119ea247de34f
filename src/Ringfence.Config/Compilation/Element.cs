using System.Collections.Immutable;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation;

/// <summary>A declared command, executor or job together with the scope in which the names in its body mean something (CL-9.5).</summary>
internal sealed record Element(
    ElementKind Kind, string Name, SourceSpan NameSpan, YamlMapping Body, ImmutableArray<ParameterDeclaration> Parameters, ElementScope Scope)
{
    /// <summary>The kind in words.</summary>
    public string KindName => Kind switch
    {
        ElementKind.Command => "command",
        ElementKind.Executor => "executor",
        ElementKind.Job => "job",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
