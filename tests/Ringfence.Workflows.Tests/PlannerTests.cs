using Ringfence.Config.Compilation;
using Ringfence.Workflows.Planning;

namespace Ringfence.Workflows.Tests;

public sealed class PlannerTests
{
    [Fact]
    public void A_workflow_without_jobs_is_over_at_once()
    {
        var planned = Sample.Start();

        Assert.Equal(WorkflowStatus.NotRun, planned.State.Status);
        Assert.Single(planned.Decisions.OfType<Decision.WorkflowEnded>());
    }

    [Fact]
    public void Jobs_that_wait_for_each_other_do_not_hold_the_workflow_up()
    {
        var planned = Sample.Start(Sample.ABuild("a", "b"), Sample.ABuild("b", "a"), Sample.ABuild("c")).End("c");

        Assert.Equal((WorkflowStatus.Success, JobStatus.NotRun), (planned.State.Status, planned.Job("a").Status));
    }

    [Fact]
    [Rule("CL-17.9")]
    public void A_requirement_on_a_job_that_is_filtered_out_is_ignored() =>
        Assert.Equal(JobStatus.NotRunning, Sample.Start(Sample.ABuild("a", "gone")).Job("a").Status);

    [Fact]
    public void A_report_on_an_earlier_attempt_is_ignored()
    {
        var first = Sample.Start(Sample.ABuild("a"));
        var attempt = first.Job("a").Attempt;
        var second = first.Apply(new WorkflowEvent.InfrastructureRetry(attempt, "lost"));
        var late = second.Apply(new WorkflowEvent.JobEnded(attempt, JobOutcome.Success));

        Assert.Equal("a is at attempt 2, not 1.", late.Ignored);
        Assert.Same(second.State, late.State);
    }

    [Fact]
    [Rule("EX-3.2")]
    public void A_job_goes_from_blocked_over_not_running_and_running_to_its_end()
    {
        var start = Sample.Start(Sample.ABuild("a"), Sample.ABuild("b", "a"), Sample.ABuild("c", "b"));
        var running = start.Apply(new WorkflowEvent.JobStarted(start.Job("a").Attempt));
        var ended = running.End("a").End("b", JobOutcome.Unauthorized);

        Assert.Equal([JobStatus.NotRunning, JobStatus.Running, JobStatus.Success], new[] { start, running, ended }.Select(p => p.Job("a").Status));
        Assert.Equal([JobStatus.Blocked, JobStatus.Unauthorized], new[] { start, ended }.Select(p => p.Job("b").Status));
        Assert.Equal(JobStatus.NotRun, ended.Job("c").Status);
        Assert.Equal(JobStatus.Canceled, running.Apply(new WorkflowEvent.JobCanceled(running.Job("b").Id, "ann")).Job("b").Status);
    }

    [Fact]
    public void A_job_that_nothing_here_can_run_is_not_run_and_lets_go_what_waits_for_that()
    {
        var ended = Sample.Start(Sample.ABuild("mac"), Sample.AJob("after", JobType.Build, ("mac", [RequiredStatus.NotRun])), Sample.ABuild("needs", "mac")).End("mac", JobOutcome.NotRun);

        Assert.Equal((JobStatus.NotRun, JobStatus.NotRunning, JobStatus.NotRun), (ended.Job("mac").Status, ended.Job("after").Status, ended.Job("needs").Status));
    }

    [Fact]
    [Rule("EX-3.19")]
    public void A_lock_granted_too_late_is_given_back()
    {
        var start = Sample.Start(Sample.AJob("lock", JobType.Lock), Sample.ABuild("a", "lock"));
        var canceled = start.Apply(new WorkflowEvent.WorkflowCanceled("ann"));
        var granted = canceled.Apply(new WorkflowEvent.LockGranted(start.Job("lock").Id));

        Assert.Equal(WorkflowStatus.Canceled, canceled.State.Status);
        Assert.Contains(new Decision.ReleaseLock(start.Job("lock").Id, "key"), granted.Decisions);
    }

    [Fact]
    public void A_lock_is_given_back_that_is_granted_when_all_behind_it_is_canceled()
    {
        var start = Sample.Start(Sample.AJob("lock", JobType.Lock), Sample.ABuild("a", "lock"), Sample.AJob("unlock", JobType.Unlock, ("a", Enum.GetValues<RequiredStatus>())));
        var canceled = start.Apply(new WorkflowEvent.JobCanceled(start.Job("a").Id, "ann"));
        var granted = canceled.Apply(new WorkflowEvent.LockGranted(start.Job("lock").Id));

        Assert.Equal(JobStatus.Blocked, canceled.Job("unlock").Status);
        Assert.Single(granted.Decisions.OfType<Decision.ReleaseLock>());
    }

    [Fact]
    public void A_lock_that_nothing_gives_back_is_given_back_at_the_end()
    {
        var start = Sample.Start(Sample.AJob("lock", JobType.Lock), Sample.ABuild("a", "lock"));
        var ended = start.Apply(new WorkflowEvent.LockGranted(start.Job("lock").Id)).End("a");

        Assert.Single(ended.Decisions.OfType<Decision.ReleaseLock>());
    }

    [Fact]
    [Rule("EX-2.2")]
    public void A_failing_workflow_becomes_canceled()
    {
        var failing = Sample.Start(Sample.ABuild("a"), Sample.ABuild("b")).End("a", JobOutcome.Failed);
        var canceled = failing.Apply(new WorkflowEvent.WorkflowCanceled("ann")).End("b", JobOutcome.Canceled);

        Assert.Equal((WorkflowStatus.Failing, WorkflowStatus.Canceled), (failing.State.Status, canceled.State.Status));
    }

    [Fact]
    public void Every_event_that_does_not_fit_is_ignored_with_a_reason()
    {
        var running = Sample.Start(Sample.ABuild("a"));
        var ended = running.End("a");
        var (known, unknown) = (running.Job("a").Attempt, new JobAttempt(Sample.NewJob(), 1));

        Assert.All(EventsAbout(unknown), e => Assert.Equal("The workflow has no such job.", running.Apply(e).Ignored));
        Assert.All(EventsAbout(known).Append(new WorkflowEvent.WorkflowCanceled("ann")).Append(new WorkflowEvent.Errored("odd")), e =>
        {
            Assert.NotNull(ended.Apply(e).Ignored);
            Assert.Same(ended.State, ended.Apply(e).State);
            Assert.Empty(ended.Apply(e).Decisions);
        });
    }

    private static WorkflowEvent[] EventsAbout(JobAttempt attempt) =>
    [
        new WorkflowEvent.JobQueued(attempt),
        new WorkflowEvent.JobStarted(attempt),
        new WorkflowEvent.JobEnded(attempt, JobOutcome.Failed),
        new WorkflowEvent.InfrastructureRetry(attempt, "lost"),
        new WorkflowEvent.Approved(attempt.Job, "ann"),
        new WorkflowEvent.JobCanceled(attempt.Job, "ann"),
        new WorkflowEvent.LockGranted(attempt.Job),
        new WorkflowEvent.LockRefused(attempt.Job, "older"),
        new WorkflowEvent.LockTimedOut(attempt.Job),
    ];

    [Fact]
    public void An_event_costs_what_it_touches_with_ten_thousand_jobs()
    {
        const int Count = 10_000;
        var chain = Sample.Start([.. Enumerable.Range(0, Count).Select(i => i == 0 ? Sample.ABuild("0") : Sample.ABuild($"{i}", $"{i - 1}"))]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Count; i++)
            chain = chain.End($"{i}");

        Assert.Equal(WorkflowStatus.Success, chain.State.Status);
        var bytesPerEvent = (GC.GetAllocatedBytesForCurrentThread() - before) / Count;
        Assert.True(bytesPerEvent < 20_000, $"An event took {bytesPerEvent} bytes.");
    }
}
