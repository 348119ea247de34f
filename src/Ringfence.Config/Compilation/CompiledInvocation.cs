using System.Collections.Immutable;
using Ringfence.Config.Filters;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation;

/// <summary>One job of a workflow with the keys that say when it runs.</summary>
public sealed record CompiledInvocation
{
    /// <summary>The name of the job; <see cref="CompiledPipeline.FindJob"/> finds its body, but for an inline approval.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of job it is.</summary>
    public required JobType Type { get; init; }

    /// <summary>What it waits for.</summary>
    public required ImmutableArray<Requirement> Requires { get; init; }

    /// <summary>On which branches and tags it runs.</summary>
    public required JobFilter Filter { get; init; }

    /// <summary>The contexts whose variables it gets, later ones first to be asked (CL-17.19).</summary>
    public required ImmutableArray<string> Contexts { get; init; }

    /// <summary>The keys as they stand in the compiled config; empty when the job is named only.</summary>
    public required YamlMapping Keys { get; init; }

    /// <summary>Where it is written.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>The key of the serial group it locks or unlocks, or null.</summary>
    public string? SerialKey { get; init; }

    /// <summary>The name of the job group it came from, or null.</summary>
    public string? Group { get; init; }
}
