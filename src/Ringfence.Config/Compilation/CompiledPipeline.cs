using System.Collections.Immutable;
using Ringfence.Config.Orbs;

namespace Ringfence.Config.Compilation;

/// <summary>
/// A config with nothing left to look up: concrete jobs and the workflows that run them (CL-2.3). It holds names of contexts and
/// variables, never their values.
/// </summary>
public sealed record CompiledPipeline
{
    /// <summary>The jobs, in the order in which the workflows first name them.</summary>
    public required ImmutableArray<CompiledJob> Jobs { get; init; }

    /// <summary>The workflows whose condition holds, in file order.</summary>
    public required ImmutableArray<CompiledWorkflow> Workflows { get; init; }

    /// <summary>The workflows whose condition does not hold, with the reason (CL-2.7).</summary>
    public required ImmutableArray<SkippedWorkflow> Skipped { get; init; }

    /// <summary>Which version each orb reference came to mean.</summary>
    public required ImmutableArray<OrbResolution> Orbs { get; init; }

    /// <summary>The pipeline parameters with the values that were used.</summary>
    public required ImmutableSortedDictionary<string, ParameterValue> Parameters { get; init; }

    /// <summary>The pipeline parameters that were given another value than their default; a continuation may not send these again (CL-20.5).</summary>
    public ImmutableArray<string> ChangedParameters { get; init; } = [];

    /// <summary>Whether this is the first phase of a dynamic config (CL-20.1).</summary>
    public required bool IsSetup { get; init; }

    /// <summary>The job of a name, or null.</summary>
    public CompiledJob? FindJob(string name) => Jobs.FirstOrDefault(j => string.Equals(j.Name, name, StringComparison.Ordinal));
}
