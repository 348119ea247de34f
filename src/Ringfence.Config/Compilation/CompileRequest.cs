using System.Collections.Immutable;
using Ringfence.Config.Orbs;
using Ringfence.Config.Values;

namespace Ringfence.Config.Compilation;

/// <summary>All that a compilation depends on besides the config. Same source and same request: same result, byte for byte.</summary>
public sealed record CompileRequest
{
    /// <summary>What <c>pipeline.*</c> means.</summary>
    public required PipelineValues Values { get; init; }

    /// <summary>Values given for pipeline parameters (CL-5.23), by name.</summary>
    public ImmutableDictionary<string, ParameterValue> Parameters { get; init; } = ImmutableDictionary<string, ParameterValue>.Empty;

    /// <summary>Where registry and URL orbs come from.</summary>
    public IOrbSource Orbs { get; init; } = NoOrbs.Instance;

    /// <summary>Hold version 2 and 2.0 files to the rules of 2.1 (CL-1.12), as CircleCI's cloud does since August 2026.</summary>
    public bool HoldAllVersionsToLatestRules { get; init; }

    /// <summary>How much is taken from outside.</summary>
    public Limits Limits { get; init; } = Limits.Default;
}
