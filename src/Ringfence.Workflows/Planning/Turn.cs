using System.Collections.Immutable;
using System.Diagnostics;
using Ringfence.Config.Compilation;

namespace Ringfence.Workflows.Planning;

/// <summary>The work of one event: a draft of the next state, and the decisions on the way there. Used once.</summary>
internal sealed class Turn(WorkflowState before, DateTimeOffset now)
{
    private readonly ImmutableList<JobState>.Builder _jobs = before.Jobs.ToBuilder();
    private readonly Queue<int> _ended = [];
    private Tally _tally = before.Tally;

    public WorkflowState Before => before;

    public List<Decision> Decisions { get; } = [];

    public WorkflowStop? Stop { get; set; } = before.Stop;

    public JobState this[int job] => _jobs[job];

    public int? IndexOf(JobId id) => before.Graph.IndexOf(id);

    public bool IsActive(int job) => _jobs[job] is { Status: JobStatus.NotRunning or JobStatus.Running } or { Status: JobStatus.Queued, Type: not JobType.Lock };

    public bool IsAskingForLock(int job) => _jobs[job] is { Status: JobStatus.Queued, Type: JobType.Lock };

    /// <summary>Counts what each job waits for; then lets go what waits for nothing, and gives up what waits in vain.</summary>
    public void CountAll()
    {
        var due = new List<(int Job, Need? Broken)>();
        for (var job = 0; job < _jobs.Count; job++)
        {
            if (_jobs[job].Status != JobStatus.Blocked)
                continue;

            var needs = before.Graph.Needs(job);
            var waiting = needs.Count(need => !_jobs[need.On].Status.IsFinal());
            var broken = needs.FirstOrDefault(need => _jobs[need.On].Status is var status && status.IsFinal() && !need.IsMetBy(status));
            if (waiting != _jobs[job].Waiting)
                _jobs[job] = _jobs[job] with { Waiting = waiting };
            if (broken is not null || waiting == 0)
                due.Add((job, broken));
        }

        foreach (var (job, broken) in due.Where(d => _jobs[d.Job].Status == JobStatus.Blocked))
        {
            if (broken is null)
                Release(job);
            else
                Skip(job, JobStatus.NotRun, broken.WhyNot(_jobs[broken.On]));
        }
    }

    /// <summary>Puts a changed job in the place of the old one.</summary>
    public void Set(int job, JobState next)
    {
        _tally = _tally.Without(next.Type, _jobs[job].Status).With(next.Type, next.Status);
        _jobs[job] = next;
    }

    /// <summary>Ends a job; what waits for it is looked at before the turn is over.</summary>
    public void End(int job, JobStatus status, string reason)
    {
        Set(job, _jobs[job] with { Status = status, Reason = reason, EndedAt = now });
        _ended.Enqueue(job);
    }

    /// <summary>Ends a job that never started.</summary>
    public void Skip(int job, JobStatus status, string reason)
    {
        Decisions.Add(new Decision.SkipJob(_jobs[job].Id, _jobs[job].Name, status, reason));
        End(job, status, reason);
    }

    public void Run(int job, string reason)
    {
        var next = _jobs[job] with
        {
            Status = JobStatus.NotRunning,
            AttemptNumber = _jobs[job].AttemptNumber + 1,
            Reason = reason,
            QueuedAt = _jobs[job].QueuedAt ?? now,
            StartedAt = null,
        };
        Set(job, next);
        Decisions.Add(new Decision.StartJob(next.Attempt, next.Invocation));
    }

    public void MarkStarted(int job) => Set(job, _jobs[job] with { Status = JobStatus.Running, StartedAt = now });

    /// <summary>Asks the one who runs the job to stop it, once.</summary>
    public void AskToCancel(int job, string by)
    {
        if (_jobs[job].CanceledBy is not null)
            return;
        _jobs[job] = _jobs[job] with { CanceledBy = by };
        Decisions.Add(new Decision.CancelJob(_jobs[job].Attempt));
    }

    public void GiveBackLock(int job) => Decisions.Add(new Decision.ReleaseLock(_jobs[job].Id, _jobs[job].Invocation.SerialKey ?? ""));

    /// <summary>Ends what has not started, asks to end what runs, and leaves each unlock whose lock is held: it still has to give it back (EX-3.18).</summary>
    public void StopAll(WorkflowStop stop)
    {
        Stop = stop;
        var (status, reason, by) = stop switch
        {
            WorkflowStop.Canceled canceled => (JobStatus.Canceled, "the workflow was canceled", canceled.By),
            WorkflowStop.Errored errored => (JobStatus.NotRun, $"the workflow ended with an error: {errored.Reason}", ""),
            _ => throw new UnreachableException(),
        };
        for (var job = 0; job < _jobs.Count; job++)
        {
            if (_jobs[job].Status.IsFinal() || (_jobs[job].Status == JobStatus.Blocked && HeldLock(job) is not null))
                continue;
            if (IsActive(job))
                AskToCancel(job, by);
            else
                DropPending(job, status, reason, stop is WorkflowStop.Canceled ? by : null);
        }
    }

    /// <summary>Ends a job that waits: for others, for a person or for a lock.</summary>
    public void DropPending(int job, JobStatus status, string reason, string? by)
    {
        if (IsAskingForLock(job))
            GiveBackLock(job);
        _jobs[job] = _jobs[job] with { CanceledBy = by };
        Skip(job, status, reason);
    }

    public Planned Finish()
    {
        Settle();
        if (_tally.IsStuck)
        {
            foreach (var job in Enumerable.Range(0, _jobs.Count).Where(j => _jobs[j].Status == JobStatus.Blocked))
                Skip(job, JobStatus.NotRun, "waits for itself by way of what it requires");
            Settle();
        }

        var after = before with { Jobs = _jobs.ToImmutable(), Tally = _tally, Stop = Stop, Status = _tally.StatusOf(Stop) };
        if (after.Status != before.Status)
            Decisions.Add(new Decision.WorkflowStatusChanged(before.Status, after.Status));
        if (after.HasEnded && !before.HasEnded)
            after = Close(after);
        return new Planned(after, [.. Decisions]);
    }

    private WorkflowState Close(WorkflowState after)
    {
        foreach (var taker in before.Graph.LocksWithoutUnlock.Where(IsHeld))
            GiveBackLock(taker);
        Decisions.Add(new Decision.WorkflowEnded(after.Status));

        // EX-5.8
        if (after is { Status: WorkflowStatus.Failed, Origin: not WorkflowOrigin.ManualRerun } && after.AutoRerunNumber < after.MaxAutoReruns && now < after.ExpiresAt)
            Decisions.Add(new Decision.AutoRerun(after.AutoRerunNumber + 1, after.MaxAutoReruns));
        return after with { EndedAt = now };
    }

    /// <summary>EX-2.6a: each job that ended releases some that wait for it, dooms others, and so on. A loop, since a chain may be as long as a config has jobs.</summary>
    private void Settle()
    {
        while (_ended.TryDequeue(out var over))
        {
            var status = _jobs[over].Status;
            foreach (var (job, need) in before.Graph.Dependents(over))
            {
                if (_jobs[job].Status != JobStatus.Blocked)
                    continue;
                if (!need.IsMetBy(status))
                {
                    Skip(job, JobStatus.NotRun, need.WhyNot(_jobs[over]));
                    continue;
                }

                _jobs[job] = _jobs[job] with { Waiting = _jobs[job].Waiting - 1 };
                if (_jobs[job].Waiting == 0)
                    Release(job);
            }
        }
    }

    private void Release(int job)
    {
        var state = _jobs[job];
        switch (state.Type)
        {
            case JobType.Build or JobType.Release:
                Run(job, "");
                break;
            case JobType.Approval:
                Set(job, state with { Status = JobStatus.OnHold, QueuedAt = now });
                Decisions.Add(new Decision.HoldForApproval(state.Id, state.Name));
                break;
            case JobType.NoOp:
                Decisions.Add(new Decision.FinishNoOp(state.Id, state.Name));
                End(job, JobStatus.Success, "");
                break;
            case JobType.Lock:
                Set(job, state with { Status = JobStatus.Queued, QueuedAt = now });
                Decisions.Add(new Decision.RequestLock(state.Id, state.Name, state.Invocation.SerialKey ?? ""));
                break;
            case JobType.Unlock:
                Unlock(job);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Unlock(int job)
    {
        if (HeldLock(job) is not { } taker)
        {
            Skip(job, JobStatus.NotRun, "its lock was not taken");
            return;
        }

        GiveBackLock(taker);
        End(job, JobStatus.Success, "");
    }

    private int? HeldLock(int unlock) => before.Graph.LockOf(unlock) is { } taker && IsHeld(taker) ? taker : null;

    /// <summary>A lock that is carried over from an earlier run was given back by that one.</summary>
    private bool IsHeld(int taker) => _jobs[taker] is { Status: JobStatus.Success, CarriedOverFrom: null };
}
