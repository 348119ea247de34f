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
}
