using System.Collections.Immutable;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation;

/// <summary>A declared command, executor or job together with the scope in which the names in its body mean something (CL-9.5).</summary>
internal sealed record Element(
    ElementKind Kind, string Name, SourceSpan NameSpan, YamlMapping Body, ImmutableArray<ParameterDeclaration> Parameters, ElementScope Scope)
{
    /// <summary>The name with that of its orb before it, whatever alias it was called by: <c>acme/deploy/push</c>; for an orb that is written into the config, its alias.</summary>
    public string FullName => Scope.OrbName is not { } orb ? Name : $"{(orb.LastIndexOf('@') is > 0 and var at ? orb[..at] : orb)}/{Name}";

    /// <summary>The kind in words.</summary>
    public string KindName => Kind switch
    {
        ElementKind.Command => "command",
        ElementKind.Executor => "executor",
        ElementKind.Job => "job",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
