using System.Collections.Immutable;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation;

/// <summary>A job ready to run: executor, environment and steps are written out, parameters are gone.</summary>
/// <param name="Name">The name under which the workflows call it, unique in the pipeline.</param>
/// <param name="Type">What kind of job it is (CL-11.1).</param>
/// <param name="Body">The job as it stands in the compiled config.</param>
/// <param name="Declaration">Where the job is declared in the source.</param>
public sealed record CompiledJob(string Name, JobType Type, YamlMapping Body, SourceSpan Declaration)
{
    /// <summary>The steps in order; empty for jobs that run none.</summary>
    public YamlSequence? Steps => Body["steps"] as YamlSequence;

    /// <summary>For each step the command in whose declaration it stands, by its full name; empty when it stands in none, also as an argument to one.</summary>
    public ImmutableArray<string> StepCommands { get; init; } = [];

    /// <summary>The variables of the job with the texts that they get (CL-6.6 to CL-6.8), in order, each name once.</summary>
    public ImmutableArray<(string Name, string Text)> Environment => Body["environment"] is not YamlSequence list ? [] :
    [
        .. from item in list.Items.OfType<YamlMapping>()
           from variable in item.Entries
           where variable.Value is YamlScalar
           select (variable.Name, EnvironmentText.Of((YamlScalar)variable.Value, isJobLevel: true)),
    ];
}
