using System.Collections.Immutable;
using Ringfence.Access.References;
using Ringfence.Cli.Local;
using Ringfence.Cli.Run;
using Ringfence.Cli.Run.Driving;
using Ringfence.Keep.Asking;

namespace Ringfence.Cli.Secrets;

/// <summary>Learns from a job's compiled steps which of the secrets that it got they refer to. What scripts of the repository read is not seen.</summary>
internal static class JobReferences
{
    /// <summary>One for each secret that is referred to: the last step that does.</summary>
    public static ImmutableArray<SecretReferenceRecord> Of(JobRun job, ImmutableArray<ReleasedVariable> variables, DateTimeOffset now)
    {
        var (pipeline, project) = (job.Workflow.Phase.Pipeline, job.Workflow.Parts.Project);
        var names = variables.Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
        var steps = CompiledSteps.Of(pipeline, job.Job).SelectMany(step => StepReferences.In(step, names)).GroupBy(r => r.Variable, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Step.Name, StringComparer.Ordinal);
        foreach (var name in StepReferences.InImages(job.Job))
            steps.TryAdd(name, "pull of an image");
        return
        [
            .. from variable in variables
               where steps.ContainsKey(variable.Name)
               select new SecretReferenceRecord
               {
                   Variable = variable.Name,
                   Owner = variable.Origin is "project" ? $"project {project}" : variable.Origin,
                   Organization = CurrentProject.OrganizationOf(project),
                   Project = project,
                   Job = job.Job.Name,
                   Step = steps[variable.Name],
                   At = now,
               },
        ];
    }
}
