using System.Collections.Immutable;
using System.Text;
using Ringfence.Access.Fences;
using Ringfence.Config.Compilation;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Access.References;

/// <summary>Gives the steps of compiled jobs their identity, with the names that people see when a job runs.</summary>
public static class CompiledSteps
{
    /// <summary>The steps of a job, in order.</summary>
    public static ImmutableArray<CompiledStep> Of(CompiledPipeline pipeline, CompiledJob job)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(job);
        return [.. (job.Steps?.Items ?? []).Select((step, index) => new CompiledStep(Identify(pipeline, job, step, index), step))];
    }

    private static StepIdentity Identify(CompiledPipeline pipeline, CompiledJob job, YamlNode step, int index)
    {
        var (kind, body) = step switch
        {
            YamlMapping { Entries: [var entry, ..] } => (entry.Name, entry.Value),
            YamlScalar name => (name.Text, null),
            _ => ("", (YamlNode?)null),
        };
        return new StepIdentity
        {
            Job = job.Name,
            Index = index,
            Kind = kind,
            Name = StepName.Of(kind, body),
            Command = index < job.StepCommands.Length ? job.StepCommands[index] : "",
            Origin = OriginOf(pipeline, step),
            Content = Digest.Of(Encoding.UTF8.GetBytes(YamlWriter.Write(step))),
        };
    }

    private static StepOrigin OriginOf(CompiledPipeline pipeline, YamlNode step)
    {
        if (!step.Span.IsKnown)
            return new StepOrigin.Unknown();

        // The text, not its name: a name can be chosen so that it looks like another.
        var source = step.Span.Source;
        if (pipeline.Workflows.Any(w => ReferenceEquals(w.Span.Source, source)))
            return new StepOrigin.Config();

        return pipeline.Orbs.Any(o => string.Equals(o.Resolved, source.Path, StringComparison.Ordinal))
            ? new StepOrigin.Orb(source.Path)
            : new StepOrigin.Unknown();
    }
}
