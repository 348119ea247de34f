using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Config.Filters;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;
using Ringfence.Workflows.Planning;

namespace Ringfence.Workflows.Tests;

/// <summary>Ids, jobs and workflows with defaults, and decisions in words.</summary>
internal static class Sample
{
    public static DateTimeOffset Noon { get; } = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static JobId NewJob() => new(Guid.NewGuid());

    public static WorkflowId NewWorkflow() => new(Guid.NewGuid());

    public static WorkspaceId NewWorkspace() => new(Guid.NewGuid());

    /// <param name="name">The name.</param>
    /// <param name="type">The kind of job.</param>
    /// <param name="requires">What it waits for; a job alone means its success.</param>
    public static CompiledInvocation AJob(string name, JobType type, params (string Job, RequiredStatus[] Statuses)[] requires) => new()
    {
        Name = name,
        Type = type,
        Requires = [.. requires.Select(r => new Requirement(r.Job, [.. r.Statuses]))],
        Filter = new JobFilter.None(),
        Contexts = [],
        Keys = new YamlMapping(SourceSpan.None, []),
        Span = SourceSpan.None,
        SerialKey = type is JobType.Lock or JobType.Unlock ? "key" : null,
    };

    /// <summary>A job that runs steps and needs others to succeed.</summary>
    public static CompiledInvocation ABuild(string name, params string[] requires) =>
        AJob(name, JobType.Build, [.. requires.Select(r => (r, new[] { RequiredStatus.Success }))]);

    public static Planned Start(params ImmutableArray<CompiledInvocation> jobs) => Start(0, jobs);

    public static Planned Start(int maxAutoReruns, ImmutableArray<CompiledInvocation> jobs) => Planner.Start(
        new WorkflowRequest { Id = NewWorkflow(), Workspace = NewWorkspace(), Name = "main", Project = "acme/app", PipelineNumber = 7, Jobs = jobs, MaxAutoReruns = maxAutoReruns },
        NewJob, Noon);

    public static Planned Apply(this Planned planned, WorkflowEvent happened) => Planner.Apply(planned.State, happened, Noon);

    public static Planned End(this Planned planned, string job, JobOutcome outcome = JobOutcome.Success) =>
        planned.Apply(new WorkflowEvent.JobEnded(planned.Job(job).Attempt, outcome));

    public static JobState Job(this Planned planned, string name) => planned.State.Find(name)!;

    public static string Words(WorkflowState state, Decision decision) => decision switch
    {
        Decision.StartJob d => $"start {d.Invocation.Name}{(d.Attempt.Number > 1 ? $", attempt {d.Attempt.Number}" : "")}",
        Decision.HoldForApproval d => $"hold {d.Name}",
        Decision.SkipJob d => $"{d.Status.ToApiText()} {d.Name}: {d.Reason}",
        Decision.FinishNoOp d => $"pass {d.Name}",
        Decision.RequestLock d => $"ask for {d.Key} by {d.Name}",
        Decision.ReleaseLock d => $"give back {d.Key}",
        Decision.CancelJob d => $"cancel {state.Find(d.Attempt.Job)!.Name}",
        Decision.WorkflowStatusChanged d => $"{d.From.ToApiText()} -> {d.To.ToApiText()}",
        Decision.WorkflowEnded d => $"ended: {d.Status.ToApiText()}",
        Decision.AutoRerun d => $"rerun from failed, {d.Number} of {d.Of}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
