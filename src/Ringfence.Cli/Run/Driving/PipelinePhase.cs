using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Config.Values;
using Ringfence.Runner.Jobs;

namespace Ringfence.Cli.Run.Driving;

/// <summary>A compiled config of the run: the only one, or one of two when the first is a setup config (CL-20.1).</summary>
/// <param name="Pipeline">The compiled config.</param>
/// <param name="Values">The values it was compiled with.</param>
internal sealed record PipelinePhase(CompiledPipeline Pipeline, PipelineValues Values)
{
    /// <summary>The pipeline parameters that were given when the pipeline began; they are given to what continues it too (CL-20.5).</summary>
    public ImmutableDictionary<string, ParameterValue> Given { get; init; } = ImmutableDictionary<string, ParameterValue>.Empty;

    /// <summary>Whether a setup workflow brought it.</summary>
    public bool IsContinued { get; init; }

    /// <summary>The branch; empty on a tag.</summary>
    public string Branch { get; } = Text(Values, "pipeline.git.branch");

    /// <summary>The tag; empty on a branch.</summary>
    public string Tag { get; } = Text(Values, "pipeline.git.branch").Length > 0 ? "" : Text(Values, "pipeline.git.tag");

    /// <summary>The commit.</summary>
    public string Revision { get; } = Text(Values, "pipeline.git.revision");

    /// <summary>The built-in variables of its jobs.</summary>
    public ImmutableArray<(string Name, string Text)> BuiltIns { get; } = BuiltInVariables.Of(Values);

    private static string Text(PipelineValues values, string name) => values.TryGet(name, out var value) && value.TryGetString(out var text) ? text : "";
}
