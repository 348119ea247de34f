using CsCheck;
using Ringfence.Config.Compilation;
using Ringfence.Workflows.Planning;
using Ringfence.Workflows.Reruns;

namespace Ringfence.Workflows.Tests;

/// <summary>Laws of the planner over random graphs, outcomes and orders of events.</summary>
public sealed class WorkflowPropertyTests
{
    private static readonly JobType[] Types = [JobType.Build, JobType.Build, JobType.Build, JobType.NoOp, JobType.Approval];

    // One number says how a job looks and which jobs before it are required; what they mean is in JobOf.
    private static readonly Gen<int[]> Graphs = Gen.Int[0, int.MaxValue].Array[1, 14];

    private static readonly Gen<int[]> Choices = Gen.Int[0, 1_000_000].Array[200];

    [Fact]
    [Rule("EX-2.4", "EX-2.6a", "EX-2.7", "CL-17.4")]
    public void Every_run_keeps_the_laws() => Gen.Select(Graphs, Choices).Sample((graph, choices) =>
    {
        var planned = Play(graph, choices);
        Assert.Equal(Final(planned.State), planned.State.Status);
    }, iter: 2_000);

    [Fact]
    [Rule("EX-5.2")]
    public void A_rerun_from_failed_never_runs_a_success_again() => Gen.Select(Graphs, Choices).Sample((graph, choices) =>
    {
        var first = Play(graph, choices).State;
        var request = new RerunRequest { Id = Sample.NewWorkflow(), NewJobId = Sample.NewJob, RerunsSoFar = 0, Now = Sample.Noon };
        if (Rerun.FromFailed(first, request) is not RerunResult.Begun begun)
            return;

        var second = Drive(begun.Plan, choices);
        foreach (var (before, after) in first.Jobs.Zip(second.State.Jobs).Where(pair => pair.First.Status == JobStatus.Success))
            Assert.Equal((JobStatus.Success, before.Id, before.AttemptNumber), (after.Status, after.CarriedOverFrom!.Value, after.AttemptNumber));
        Assert.Equal(first.Workspace, second.State.Workspace);
    }, iter: 2_000);

    [Fact]
    [Rule("EX-3.18", "EX-18.18", "CL-17.26")]
    public void A_lock_is_given_back_once_and_only_when_nothing_behind_it_runs() => Gen.Select(Graphs, Choices).Sample((graph, choices) =>
    {
        CompiledInvocation[] inner = [.. graph.Select(JobOf).Select(job => job.Requires.IsEmpty ? job with { Requires = [Needs("lock")] } : job)];
        var required = inner.SelectMany(job => job.Requires).Select(r => r.Job).ToHashSet(StringComparer.Ordinal);
        var end = Sample.AJob("end", JobType.NoOp) with { Requires = [.. inner.Where(job => !required.Contains(job.Name)).Select(job => Needs(job.Name))] };
        var unlock = Sample.AJob("unlock", JobType.Unlock, ("end", Enum.GetValues<RequiredStatus>()));

        var released = new List<int>();
        var ended = Drive(Sample.Start([Sample.AJob("lock", JobType.Lock), .. inner, end, unlock, Sample.ABuild("beside")]), choices, planned =>
        {
            if (planned.Decisions.OfType<Decision.ReleaseLock>().Any())
                released.Add(inner.Count(job => !planned.Job(job.Name).Status.IsFinal()));
        });

        var taken = ended.Job("lock").Status;
        Assert.Equal(taken == JobStatus.Success, ended.Job("unlock").Status == JobStatus.Success);

        // A wish that was not granted may be withdrawn; what runs then, because something behind the lock did not, runs without it.
        Assert.True(taken == JobStatus.Success ? released is [0] : released.Count <= 1);
        Assert.Equal(Final(ended.State), ended.State.Status);
    }, iter: 2_000);

    private static Requirement Needs(string job) => new(job, [RequiredStatus.Success]);

    private static Planned Play(int[] graph, int[] choices) => Drive(Sample.Start([.. graph.Select(JobOf)]), choices);

    private static CompiledInvocation JobOf(int seed, int index)
    {
        var requires = new List<(string, RequiredStatus[])>();
        for (var on = Math.Max(0, index - 6); on < index; on++)
        {
            var bits = (seed >> (4 * (index - on))) & 15;
            if (bits < 6)
                requires.Add(($"{on}", bits < 3 ? [RequiredStatus.Success] : bits == 5 ? Enum.GetValues<RequiredStatus>() : [(RequiredStatus)bits, RequiredStatus.Canceled]));
        }

        return Sample.AJob($"{index}", Types[seed % Types.Length], [.. requires]);
    }

    /// <summary>Lets things happen until the workflow is over, and checks each step on the way.</summary>
    private static Planned Drive(Planned planned, int[] choices, Action<Planned>? watch = null)
    {
        var started = new HashSet<JobAttempt>();
        Check(planned, started);
        for (var step = 0; !planned.State.HasEnded; step++)
        {
            Assert.True(step < choices.Length, "The workflow does not end.");
            var happened = Pick(planned.State, choices[step]);
            planned = planned.Apply(happened);
            Check(planned, started);
            watch?.Invoke(planned);
            Assert.Empty(Planner.Replan(planned.State, Sample.Noon).Decisions);
            Assert.Empty(planned.Apply(happened).Decisions);
        }

        return planned;
    }

    private static WorkflowEvent Pick(WorkflowState state, int choice)
    {
        var open = state.Jobs.Where(j => j.Status is JobStatus.NotRunning or JobStatus.Running or JobStatus.Queued or JobStatus.OnHold).ToList();
        Assert.NotEmpty(open);
        var job = open[choice % open.Count];
        var dice = choice / 14 % 24;
        return (job.Status, dice) switch
        {
            (_, 0) => new WorkflowEvent.WorkflowCanceled("ann"),
            (_, 1) when state.Jobs.FirstOrDefault(j => j is { Status: JobStatus.Blocked, Type: not JobType.Unlock }) is { } blocked => new WorkflowEvent.JobCanceled(blocked.Id, "ann"),
            (_, 2) when job.CanceledBy is null => new WorkflowEvent.JobCanceled(job.Id, "ann"),
            (JobStatus.Queued, 3) => new WorkflowEvent.LockRefused(job.Id, "older"),
            (JobStatus.Queued, 4) => new WorkflowEvent.LockTimedOut(job.Id),
            (JobStatus.Queued, _) => new WorkflowEvent.LockGranted(job.Id),
            (JobStatus.OnHold, _) => new WorkflowEvent.Approved(job.Id, "ann"),
            (JobStatus.NotRunning, < 8) => new WorkflowEvent.JobStarted(job.Attempt),
            (_, 8) => new WorkflowEvent.InfrastructureRetry(job.Attempt, "lost"),
            _ => new WorkflowEvent.JobEnded(job.Attempt, (JobOutcome)Math.Max(0, dice - 18)),
        };
    }

    private static void Check(Planned planned, HashSet<JobAttempt> started)
    {
        var state = planned.State;
        foreach (var start in planned.Decisions.OfType<Decision.StartJob>())
        {
            Assert.True(started.Add(start.Attempt), "A job started twice.");
            Assert.Null(state.Stop);
            foreach (var requirement in start.Invocation.Requires)
                Assert.Contains(Category(state.Find(requirement.Job)!.Status), requirement.Statuses.Select(s => (RequiredStatus?)s));
        }
    }

    private static RequiredStatus? Category(JobStatus status) => status switch
    {
        JobStatus.Success => RequiredStatus.Success,
        JobStatus.Failed or JobStatus.TimedOut or JobStatus.InfrastructureFail => RequiredStatus.Failed,
        JobStatus.Canceled => RequiredStatus.Canceled,
        JobStatus.Unauthorized => RequiredStatus.Unauthorized,
        JobStatus.NotRun => RequiredStatus.NotRun,
        _ => null,
    };

    private static WorkflowStatus Final(WorkflowState state)
    {
        var ends = state.Jobs.Select(j => Category(j.Status)).ToHashSet();
        Assert.DoesNotContain(null, ends);
        if (state.Stop is WorkflowStop.Canceled && ends.Contains(RequiredStatus.Canceled))
            return WorkflowStatus.Canceled;
        if (ends.Contains(RequiredStatus.Unauthorized))
            return WorkflowStatus.Unauthorized;
        if (ends.Contains(RequiredStatus.Failed))
            return WorkflowStatus.Failed;
        if (ends.Contains(RequiredStatus.Canceled))
            return WorkflowStatus.Canceled;
        return ends.Contains(RequiredStatus.Success) ? WorkflowStatus.Success : WorkflowStatus.NotRun;
    }
}
