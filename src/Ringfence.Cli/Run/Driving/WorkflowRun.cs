using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Protocol.Tests;
using Ringfence.Runner.Jobs;
using Ringfence.Runner.Workspaces;
using Ringfence.Workflows;
using Ringfence.Workflows.Planning;

namespace Ringfence.Cli.Run.Driving;

/// <summary>One run of a workflow as it stands, with what its jobs need to know of it.</summary>
internal sealed class WorkflowRun(RunParts parts, PipelinePhase phase, CompiledWorkflow workflow, WorkflowState state)
{
    private ImmutableDictionary<string, Guid> _ranIn = ImmutableDictionary<string, Guid>.Empty;

    public RunParts Parts => parts;

    public PipelinePhase Phase => phase;

    public CompiledWorkflow Workflow => workflow;

    public WorkflowId Id { get; } = state.Id;

    /// <summary>Where the planner is.</summary>
    public WorkflowState State { get; set; } = state;

    /// <summary>How many reruns there were of the first run.</summary>
    public int Reruns { get; init; }

    /// <summary>In which run of the workflow each job ran that is carried over.</summary>
    public ImmutableDictionary<string, Guid> RanIn
    {
        get => _ranIn;
        init => _ranIn = value;
    }

    /// <summary>Whether the tests that succeeded in the earlier run are left out.</summary>
    public bool RerunsFailedTests { get; init; }

    /// <summary>What a job is given, without what belongs to one of its parallel runs.</summary>
    public JobAssignment Assignment(CompiledJob job, JobId id) => new()
    {
        Job = job,
        Number = 0,
        Attempt = "",
        WorkflowId = State.Id.ToString(),
        WorkspaceId = State.Workspace.ToString(),
        Upstream = WorkspaceUpstream.Of(workflow.Jobs, job.Name),
        Project = CacheScope,
        Branch = phase.Branch,
        Revision = phase.Revision,
        BuiltIns = [.. phase.BuiltIns, ("CIRCLE_WORKFLOW_JOB_ID", id.ToString())],
        IsSetup = phase.Pipeline.IsSetup,
        FailedTests = RerunsFailedTests ? FailedTestsOf(job.Name) : null,
    };

    /// <summary>What is written down of it.</summary>
    public WorkflowRunRecord Record() => new()
    {
        Name = workflow.Name,
        IsSetup = phase.Pipeline.IsSetup,
        Id = State.Id.Value,
        Workspace = State.Workspace.Value,
        FirstRun = State.FirstRun.Value,
        FirstStartedAt = State.FirstStartedAt,
        Reruns = Reruns,
        Status = State.Status,
        EndedAt = State.EndedAt,
        Jobs = State.Jobs.ToImmutableSortedDictionary(j => j.Name, j => j.Status, StringComparer.Ordinal),
        RanIn = State.Jobs.ToImmutableSortedDictionary(j => j.Name, j => j.CarriedOverFrom is null ? State.Id.Value : _ranIn.GetValueOrDefault(j.Name, State.Id.Value), StringComparer.Ordinal),
    };

    // EX-7.39, FORK-4: what a pull request of a fork stores is read by no other build, and it reads nothing of theirs. No slug has a '#'.
    private string CacheScope => PlaceRecord.IsOfPullRequest(phase.Branch) || parts.Settings.Compile.AsFork
        ? $"{parts.Project}#{(phase.Branch.Length > 0 ? phase.Branch : phase.Tag)}"
        : parts.Project;

    private FailedTests? FailedTestsOf(string job) => _ranIn.TryGetValue(job, out var before) ? parts.Stores.TestResults.Failed(new WorkflowId(before).ToString(), job) : null;
}
