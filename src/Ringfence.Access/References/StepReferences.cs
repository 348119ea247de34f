using System.Collections.Immutable;
using Ringfence.Access.Fences;
using Ringfence.Access.Names;
using Ringfence.Config.Compilation;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Access.References;

/// <summary>Learns from compiled jobs which steps refer to which variables.</summary>
public static class StepReferences
{
    /// <summary>All references of all jobs, in order; each step and variable once.</summary>
    /// <param name="pipeline">The compiled pipeline.</param>
    /// <param name="names">The names that exist; null for every name that is surely meant as a variable.</param>
    public static ImmutableArray<StepReference> In(CompiledPipeline pipeline, IReadOnlySet<string>? names)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return [.. pipeline.Jobs.SelectMany(job => CompiledSteps.Of(pipeline, job)).SelectMany(step => In(step, names))];
    }

    /// <summary>The references of one step.</summary>
    public static ImmutableArray<StepReference> In(CompiledStep step, IReadOnlySet<string>? names)
    {
        ArgumentNullException.ThrowIfNull(step);
        return
        [
            .. from scalar in Scalars(step.Body)
               from reference in ReferenceScan.Find(scalar.Text, names)
               group (reference, scalar) by reference.Name into one
               let surest = one.MinBy(r => r.reference.Kind)
               select new StepReference(step.Identity, one.Key, surest.reference.Kind, SpanOf(surest.scalar, surest.reference)),
        ];
    }

    /// <summary>The variables that the images of a job need to be pulled, the only place outside of the primary container that gets any (CTX-23).</summary>
    public static ImmutableArray<string> InImages(CompiledJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.Body["docker"] is not YamlSequence images ? [] :
        [
            .. from image in images.Items.OfType<YamlMapping>()
               from entry in image.Entries
               where entry.Name is "auth" or "aws_auth"
               from scalar in Scalars(entry.Value)
               from reference in ReferenceScan.Find(scalar.Text, null)
               group reference by reference.Name into one
               select one.Key,
        ];
    }

    /// <summary>
    /// Fences each name to the steps that refer to it. Names that no step refers to get no fence and are told apart: a script of the
    /// repository may read them, which cannot be seen here.
    /// </summary>
    /// <param name="pipeline">The compiled pipeline.</param>
    /// <param name="names">The variables to fence.</param>
    /// <param name="isPinned">Whether the fence admits the steps as they are now only.</param>
    public static LearnedFences Learn(CompiledPipeline pipeline, IReadOnlyCollection<VariableName> names, bool isPinned)
    {
        ArgumentNullException.ThrowIfNull(names);
        var references = In(pipeline, names.Select(n => n.Text).ToHashSet(StringComparer.Ordinal)).ToLookup(r => r.Variable, StringComparer.Ordinal);
        var fences = from name in names
                     where references.Contains(name.Text)
                     select new StepFence(name, [.. references[name.Text].Select(r => RuleFor(r.Step, isPinned)).Distinct()]);
        return new LearnedFences([.. fences], [.. names.Where(n => !references.Contains(n.Text))]);
    }

    private static FenceRule.Step RuleFor(StepIdentity step, bool isPinned) => new FenceRule.Step(step.Job, step.Name, isPinned ? step.Content : null);

    private static SourceSpan SpanOf(YamlScalar scalar, TextReference reference) => scalar.SpanOf(reference.Offset, reference.Name.Length);

    // The reader of YAML bounds how deep a node is, so this may recurse.
    private static IEnumerable<YamlScalar> Scalars(YamlNode node) => node switch
    {
        YamlScalar scalar => [scalar],
        YamlSequence list => list.Items.SelectMany(Scalars),
        YamlMapping map => map.Entries.SelectMany(e => Scalars(e.Value)),
        _ => [],
    };
}
