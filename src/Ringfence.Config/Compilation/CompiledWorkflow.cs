using System.Collections.Immutable;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation;

/// <summary>A workflow with every invocation written out.</summary>
public sealed record CompiledWorkflow
{
    /// <summary>Its name in the file; <c>workflow</c> for the implicit one (CL-16.2).</summary>
    public required string Name { get; init; }

    /// <summary>The jobs it runs, in file order, each at least once.</summary>
    public required ImmutableArray<CompiledInvocation> Jobs { get; init; }

    /// <summary>Whether it runs on a schedule only (CL-16.9).</summary>
    public bool IsScheduled => Triggers is not null;

    /// <summary>The <c>triggers</c> as written, or null.</summary>
    public YamlSequence? Triggers { get; init; }

    /// <summary>How often a failed run is repeated by itself; 0 to 5.</summary>
    public int MaxAutoReruns { get; init; }

    /// <summary>Where it is written.</summary>
    public required SourceSpan Span { get; init; }
}
