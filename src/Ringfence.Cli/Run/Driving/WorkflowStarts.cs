using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Config.Filters;
using Ringfence.Workflows;
using Ringfence.Workflows.Planning;
using Ringfence.Workflows.Reruns;

namespace Ringfence.Cli.Run.Driving;

/// <summary>Makes the runs of a phase's workflows: new ones, or reruns of those of an earlier run.</summary>
internal sealed class WorkflowStarts(RunParts parts, PipelinePhase phase)
{
    private readonly List<string> _remarks = [];
    private readonly List<WorkflowRunRecord> _carriedOver = [];

    /// <summary>What a person should know of jobs that are not part of the run, a sentence each.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>The setup workflows that do not run again, as what they sent is still there.</summary>
    public IReadOnlyList<WorkflowRunRecord> CarriedOver => _carriedOver;

    /// <summary>The runs with the planner's first decisions, and the workflows that do not run, with the reason.</summary>
    public (ImmutableArray<(WorkflowRun Run, Planned Plan)> Runs, ImmutableArray<(string Name, string Reason)> Skipped) Make()
    {
        var runs = ImmutableArray.CreateBuilder<(WorkflowRun, Planned)>();
        var skipped = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var workflow in phase.Pipeline.Workflows.Where(IsWanted))
        {
            var (jobs, reason) = Jobs(workflow);
            if (!IsOfEarlierRun(workflow))
                skipped.Add((workflow.Name, $"the earlier run did not have it; 'ringfence run --workflow {Views.ShownText.ShellWord(workflow.Name)}' runs it"));
            else if (jobs.IsEmpty)
                skipped.Add((workflow.Name, reason));
            else if (Previous(workflow) is { } previous && parts.Settings.Rerun is not RerunKind.None)
                Repeat(workflow, jobs, previous, runs, skipped);
            else
                runs.Add(Begin(workflow, jobs));
        }

        if (parts.Settings.Workflow is null)
            skipped.AddRange(phase.Pipeline.Skipped.Select(s => (s.Name, s.Reason)));
        return (runs.ToImmutable(), skipped.ToImmutable());
    }

    /// <summary>The rerun that the planner asks for (EX-5.8).</summary>
    public (WorkflowRun Run, Planned Plan)? Again(WorkflowRun ended)
    {
        var request = new RerunRequest { Id = NewWorkflow(), NewJobId = NewJob, RerunsSoFar = ended.Reruns, Now = parts.Clock.GetUtcNow() };
        return Rerun.Automatically(ended.State, request) is RerunResult.Begun begun
            ? (new WorkflowRun(parts, phase, ended.Workflow, begun.Plan.State) { Reruns = ended.Reruns + 1, RanIn = RanIn(ended.Record()) }, begun.Plan)
            : null;
    }

    private bool IsWanted(CompiledWorkflow workflow) => parts.Settings.Workflow is not { } only || string.Equals(only, workflow.Name, StringComparison.Ordinal);

    private WorkflowRunRecord? Previous(CompiledWorkflow workflow) =>
        parts.Settings.Previous?.Workflows.LastOrDefault(w => w.IsSetup == phase.Pipeline.IsSetup && string.Equals(w.Name, workflow.Name, StringComparison.Ordinal));

    /// <summary>
    /// A rerun has the workflows of the earlier run and no other (EX-5.1, EX-5.2). Which those are is not known of a run that was killed, nor of what
    /// a setup workflow brings now that brought nothing then.
    /// </summary>
    private bool IsOfEarlierRun(CompiledWorkflow workflow) =>
        parts.Settings.Rerun is RerunKind.None
        || parts.Settings.Previous is not { } earlier
        || Previous(workflow) is not null
        || !(phase.IsContinued ? earlier.Continuation is { IsGood: true } : earlier.HasEnded);

    private (ImmutableArray<CompiledInvocation> Jobs, string Reason) Jobs(CompiledWorkflow workflow)
    {
        if (parts.Settings.Job is { } only)
        {
            ImmutableArray<CompiledInvocation> one = [.. workflow.Jobs.Where(j => string.Equals(j.Name, only, StringComparison.Ordinal)).Take(1).Select(j => j with { Requires = [] })];
            return (one, $"it has no job {only}");
        }

        var decisions = JobSelection.Decide(workflow, phase.Values, phase.Pipeline.Parameters);
        ImmutableArray<CompiledInvocation> jobs = [.. decisions.Where(d => d.Runs).Select(d => d.Job)];
        var reasons = decisions.Where(d => !d.Runs).Select(d => d.Reason).Distinct(StringComparer.Ordinal).ToArray();
        if (!jobs.IsEmpty)
            _remarks.AddRange(decisions.Where(d => !d.Runs).GroupBy(d => d.Reason, StringComparer.Ordinal).Select(g => $"{workflow.Name}: not part of this run: {string.Join(", ", g.Select(d => d.Job.Name).Distinct(StringComparer.Ordinal))}: {g.Key}."));
        return (jobs, reasons switch
        {
            [] => "it has no jobs",
            [var one] => one,
            _ => $"all its jobs are filtered out: {decisions[0].Job.Name}: {decisions[0].Reason}",
        });
    }

    private (WorkflowRun Run, Planned Plan) Begin(CompiledWorkflow workflow, ImmutableArray<CompiledInvocation> jobs)
    {
        var id = NewWorkflow();

        // A job that runs alone gets what the jobs before it left the last time.
        var workspace = parts.Settings.Job is not null && Previous(workflow) is { } previous ? new WorkspaceId(previous.Workspace) : new WorkspaceId(id.Value);
        var plan = Planner.Start(Request(workflow, jobs, id, workspace), NewJob, parts.Clock.GetUtcNow());
        return (new WorkflowRun(parts, phase, workflow, plan.State), plan);
    }

    private void Repeat(
        CompiledWorkflow workflow,
        ImmutableArray<CompiledInvocation> jobs,
        WorkflowRunRecord previous,
        ImmutableArray<(WorkflowRun, Planned)>.Builder runs,
        ImmutableArray<(string, string)>.Builder skipped)
    {
        var ended = new EndedWorkflow
        {
            Request = Request(workflow, jobs, new WorkflowId(previous.Id), new WorkspaceId(previous.Workspace)),
            // A run that was killed wrote no end; what it had not done is done now.
            Status = previous.Status.IsFinal() ? previous.Status : WorkflowStatus.Canceled,
            Statuses = previous.Jobs,
            FirstRun = new WorkflowId(previous.FirstRun),
            FirstStartedAt = previous.FirstStartedAt,
            EndedAt = previous.EndedAt ?? parts.Clock.GetUtcNow(),
        };
        var request = new RerunRequest { Id = NewWorkflow(), NewJobId = NewJob, RerunsSoFar = previous.Reruns, Now = parts.Clock.GetUtcNow(), By = Environment.UserName };
        var state = ended.Restore(NewJob);
        var result = parts.Settings.Rerun is RerunKind.FromStart ? Rerun.FromStart(state, request) : Rerun.FromFailed(state, request);
        switch (result)
        {
            case RerunResult.Begun { Plan: var plan }:
                runs.Add((new WorkflowRun(parts, phase, workflow, plan.State)
                {
                    Reruns = previous.Reruns + 1,
                    RanIn = RanIn(previous),
                    RerunsFailedTests = parts.Settings.Rerun is RerunKind.FailedTests,
                }, plan));
                break;
            case RerunResult.Refused when parts.Settings.Rerun is not RerunKind.FromStart && phase.Pipeline.IsSetup && previous.Status == WorkflowStatus.Success && parts.Settings.Previous?.Continuation is not null:
                _carriedOver.Add(previous);
                break;
            case RerunResult.Refused refused:
                skipped.Add((workflow.Name, refused.Reason));
                break;
        }
    }

    private WorkflowRequest Request(CompiledWorkflow workflow, ImmutableArray<CompiledInvocation> jobs, WorkflowId id, WorkspaceId workspace) => new()
    {
        Id = id,
        Workspace = workspace,
        Name = workflow.Name,
        Project = parts.Project,
        PipelineNumber = parts.Folder.Number,
        Jobs = jobs,
        MaxAutoReruns = workflow.MaxAutoReruns,
        StartedBy = Environment.UserName,
    };

    private static ImmutableDictionary<string, Guid> RanIn(WorkflowRunRecord record) => record.RanIn.ToImmutableDictionary(StringComparer.Ordinal);

    private static WorkflowId NewWorkflow() => new(Guid.NewGuid());

    private static JobId NewJob() => new(Guid.NewGuid());
}
