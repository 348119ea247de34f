using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Run.Driving;
using Ringfence.Config.Compilation;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Filters;

namespace Ringfence.Cli.Run;

/// <summary>Which workflows and jobs the user asked for.</summary>
internal sealed class RunSelection(RunSettings settings)
{
    private const int MostNames = 20;

    /// <summary>Refuses names that the config does not have.</summary>
    public void Check(CompiledPipeline pipeline)
    {
        if (settings.Workflow is { } workflow && !pipeline.Workflows.Any(w => w.Name == workflow))
        {
            var skipped = pipeline.Skipped.FirstOrDefault(s => s.Name == workflow);
            throw skipped is not null
                ? new RunRefusedException(RunCodes.NoSuchName, $"The workflow {workflow} does not run: {skipped.Reason}.", "Give the pipeline parameters, branch or event that it asks for.")
                : NoSuch("workflow", workflow, pipeline.Workflows.Select(w => w.Name));
        }

        if (settings.Job is not { } job)
            return;
        var found = Workflows(pipeline).SelectMany(w => w.Jobs).FirstOrDefault(j => j.Name == job)
            ?? throw NoSuch("job", job, Workflows(pipeline).SelectMany(w => w.Jobs).Where(j => j.Type == JobType.Build).Select(j => j.Name));
        if (found.Type != JobType.Build)
            throw new RunRefusedException(RunCodes.NoSuchName, $"The job {job} has no steps to run alone.", "Name a job that runs steps.");
    }

    /// <summary>The jobs with steps that will run if all goes well, and nothing is known yet of continuations.</summary>
    public IEnumerable<CompiledJob> Jobs(PipelinePhase phase) =>
        from workflow in Workflows(phase.Pipeline)
        from decision in JobSelection.Decide(workflow, phase.Values, phase.Pipeline.Parameters)
        where settings.Job is { } only ? decision.Job.Name == only : decision.Runs
        where phase.Pipeline.FindJob(decision.Job.Name) is not null && decision.Job.Type == JobType.Build
        select phase.Pipeline.FindJob(decision.Job.Name);

    /// <summary>A sentence for each name of <c>--approve</c> that no approval of a pipeline has: such a word would do nothing, and the approval that was meant would wait.</summary>
    /// <param name="configs">All configs of the pipeline: a setup config may bring another.</param>
    public IEnumerable<string> UnknownApprovals(params IReadOnlyList<CompiledPipeline> configs)
    {
        var approvals = configs.SelectMany(c => c.Workflows).SelectMany(w => w.Jobs).Where(j => j.Type == JobType.Approval).Select(j => j.Name).Distinct(StringComparer.Ordinal).ToArray();
        return settings.Approve.Distinct(StringComparer.Ordinal).Except(approvals, StringComparer.Ordinal)
            .Select(name => $"--approve {name} does nothing: no approval of this pipeline has that name. {Known("approval", name, approvals)}");
    }

    private IEnumerable<CompiledWorkflow> Workflows(CompiledPipeline pipeline) => pipeline.Workflows.Where(w => settings.Workflow is null || w.Name == settings.Workflow);

    private static RunRefusedException NoSuch(string kind, string name, IEnumerable<string> names) =>
        new(RunCodes.NoSuchName, $"The config has no {kind} {name}.", Known(kind, name, [.. names.Distinct(StringComparer.Ordinal)]));

    private static string Known(string kind, string name, string[] names)
    {
        if (names.Length == 0)
            return $"It has no {kind} at all.";
        var more = names.Length > MostNames ? ", and others" : "";
        var all = $"It has: {string.Join(", ", names.Take(MostNames))}{more}.";
        return Spelling.DidYouMean(name, names) is { } near ? $"{near} {all}" : all;
    }
}
