using System.Runtime.ExceptionServices;
using Ringfence.Cli.Run.Views;
using Ringfence.Config.Compilation;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.Jobs;
using Ringfence.Workflows;
using Ringfence.Workflows.Planning;
using Ringfence.Workflows.Serial;
using PlannedOutcome = Ringfence.Workflows.Planning.JobOutcome;

namespace Ringfence.Cli.Run.Driving;

/// <summary>
/// Runs a pipeline from its first decision to its last. One loop owns the planner's states and the views, and takes everything in order;
/// jobs run beside it and tell it what happens.
/// </summary>
internal sealed class PipelineRun : IDisposable
{
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(100);

    private readonly RunParts _parts;
    private readonly RunViews _views;
    private readonly Interrupts _interrupts;
    private readonly ApprovalDesk _approvals;
    private readonly RunInbox _inbox = new();
    private readonly NodeTasks _nodes;
    private readonly Queue<RunMessage> _next = [];
    private readonly List<WorkflowRun> _workflows = [];
    private readonly List<WorkflowRunRecord> _carriedOver = [];
    private readonly Dictionary<JobAttempt, JobRun> _jobs = [];
    private readonly NodeSlots _slots;
    private readonly Func<string, PipelinePhase, Task<PipelinePhase?>> _continue;
    private readonly SerialDesk _serial;
    private int _interruptsTaken;

    /// <summary>Prepares a run.</summary>
    /// <param name="parts">What its jobs share.</param>
    /// <param name="views">Shows it.</param>
    /// <param name="interrupts">Ends it early.</param>
    /// <param name="approvals">Answers approvals.</param>
    /// <param name="continueWith">Compiles what a setup job sent; null when it is not valid, which it has said.</param>
    public PipelineRun(RunParts parts, RunViews views, Interrupts interrupts, ApprovalDesk approvals, Func<string, PipelinePhase, Task<PipelinePhase?>> continueWith)
    {
        (_parts, _views, _interrupts, _approvals, _continue) = (parts, views, interrupts, approvals, continueWith);
        _nodes = new NodeTasks(_inbox);
        _serial = new SerialDesk(parts.Serial, parts.Clock);
        _slots = new NodeSlots(parts.Settings.AtATime > 0 ? parts.Settings.AtATime : Math.Max(2, Environment.ProcessorCount));
    }

    /// <summary>The runs of workflows, the last run of each.</summary>
    public IEnumerable<WorkflowRun> Workflows => _workflows;

    /// <summary>Workflows of the earlier run that are part of this one and did not run again.</summary>
    public IReadOnlyList<WorkflowRunRecord> CarriedOver => _carriedOver;

    /// <summary>What continued the pipeline; null when nothing did.</summary>
    public ContinuationRecord? Continuation { get; private set; }

    /// <summary>Whether a setup job sent a config that is not valid.</summary>
    public bool HasBadContinuation { get; private set; }

    /// <summary>Runs a phase, and what continues it, to the end.</summary>
    public async Task RunAsync(PipelinePhase phase)
    {
        using var frames = _parts.Clock.CreateTimer(_ => _inbox.Wake(), null, FrameTime, FrameTime);
        using var wakes = _interrupts.Register(_inbox.Wake);
        try
        {
            Start(phase);
            await CarryOverAsync(phase);
            await TakeOwnAsync();
            while (!IsOver)
            {
                await _inbox.WaitAsync();
                while (_inbox.TryTake(out var message))
                {
                    await TakeAsync(message);
                    await TakeOwnAsync();
                }

                TakeInterrupts();
                await TakeOwnAsync();
            }
        }
        catch
        {
            await _nodes.AbandonAsync(_jobs.Values);
            throw;
        }
        finally
        {
            await _serial.LeaveAsync();
        }
    }

    /// <summary>Waits until everything that was told so far has been shown.</summary>
    public async Task ShownAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _inbox.TellAsync(new RunMessage.Reached(done));
        await done.Task;
    }

    public void Dispose()
    {
        foreach (var job in _jobs.Values)
            job.Dispose();
    }

    private bool IsOver => _next.Count == 0 && _jobs.Count == 0 && _workflows.TrueForAll(w => w.State.HasEnded);

    private DateTimeOffset Now => _parts.Clock.GetUtcNow();

    private void Start(PipelinePhase phase)
    {
        var starts = new WorkflowStarts(_parts, phase);
        var (runs, skipped) = starts.Make();
        _carriedOver.AddRange(starts.CarriedOver);
        foreach (var remark in starts.Remarks)
            _views.Show(new RunEvent.Notice(Now, remark, IsWarning: false));
        foreach (var (name, reason) in skipped)
            _views.Show(new RunEvent.WorkflowSkipped(Now, name, reason));
        foreach (var (run, plan) in runs)
            Begin(run, plan);
    }

    private void Begin(WorkflowRun run, Planned plan)
    {
        _workflows.RemoveAll(w => w.State.FirstRun == run.State.FirstRun);
        _workflows.Add(run);
        var jobs = plan.State.Jobs.Select(j => new PlannedJob(j.Name, j.Type, [.. j.Invocation.Requires.Select(r => r.Job)], NodesOf(run, j.Name)));
        _views.Show(new RunEvent.WorkflowStarted(Now, run.Id, run.Workflow.Name, plan.State.AutoRerunNumber, [.. jobs]) { IsContinued = run.Phase.IsContinued });
        foreach (var job in plan.State.Jobs.Where(j => j.CarriedOverFrom is not null))
            _views.Show(new RunEvent.JobChanged(Now, run.Id, job.Name, job.Status, "carried over"));
        Take(run, plan, before: null);
    }

    private int NodesOf(WorkflowRun run, string job) => run.Phase.Pipeline.FindJob(job) is { } compiled ? _parts.Sandboxes.Of(compiled).Nodes : 1;

    private async Task TakeOwnAsync()
    {
        do
        {
            while (_next.TryDequeue(out var message))
            {
                if (message is RunMessage.Told told)
                    Tell(told.Workflow, told.Happened);
            }

            foreach (var news in await _serial.SettleAsync())
                Take(news);
        }
        while (_next.Count > 0);
    }

    private async Task TakeAsync(RunMessage message)
    {
        switch (message)
        {
            case RunMessage.Seen seen:
                _views.Show(seen.Happened);
                break;
            case RunMessage.Told told:
                Tell(told.Workflow, told.Happened);
                break;
            case RunMessage.NodeBegan { Job: { IsRunning: false } job }:
                job.IsRunning = true;
                Tell(job.Workflow, new WorkflowEvent.JobStarted(job.Attempt));
                break;
            case RunMessage.NodeEnded ended:
                await EndAsync(ended);
                break;
            case RunMessage.Answered answered:
                Answer(answered.IsApproved);
                break;
            case RunMessage.Broke broke:
                ExceptionDispatchInfo.Throw(broke.Why);
                break;
            case RunMessage.Reached reached:
                _views.Tick(Now);
                reached.Done.TrySetResult();
                break;
            case RunMessage.Tick:
                _views.Tick(Now);
                _approvals.Ask(_views.Board.NextApproval is not null, isYes => _inbox.Post(new RunMessage.Answered(isYes)));
                break;
        }
    }

    /// <summary>The answer is to the question that is on the screen now; the others are asked after it.</summary>
    private void Answer(bool isApproved)
    {
        if (_views.Board.NextApproval is not var (workflow, job) || _workflows.Find(w => w.Workflow.Name == workflow.Name && !w.State.HasEnded) is not { } run
            || run.State.Find(job.Plan.Name) is not { } held)
        {
            return;
        }

        Tell(run, isApproved ? new WorkflowEvent.Approved(held.Id, Environment.UserName) : new WorkflowEvent.JobCanceled(held.Id, Environment.UserName));
    }

    private void TakeInterrupts()
    {
        var count = _interrupts.Count;
        if (_views.ScreenIsLost)
            count = Math.Max(count, 1);
        if (count == _interruptsTaken)
            return;
        _interruptsTaken = count;
        _views.Show(new RunEvent.Notice(Now, count == 1 ? "Canceling; once more to end everything at once." : "Ending everything at once.", IsWarning: true));
        foreach (var run in _workflows.Where(w => !w.State.HasEnded).ToArray())
            Tell(run, new WorkflowEvent.WorkflowCanceled(Environment.UserName));
        if (count < 2)
            return;
        foreach (var job in _jobs.Values)
            job.Kill();
    }

    private void Tell(WorkflowRun run, WorkflowEvent happened)
    {
        var before = run.State;
        Take(run, Planner.Apply(before, happened, Now), before);
    }

    /// <summary>Shows what changed, then carries out what was decided.</summary>
    private void Take(WorkflowRun run, Planned planned, WorkflowState? before)
    {
        run.State = planned.State;
        for (var i = 0; i < planned.State.Jobs.Count; i++)
        {
            var job = planned.State.Jobs[i];
            if (job.CarriedOverFrom is null && job.Status != (before?.Jobs[i].Status ?? JobStatus.Blocked))
                _views.Show(new RunEvent.JobChanged(Now, run.Id, job.Name, job.Status, job.Reason));
        }

        foreach (var decision in planned.Decisions)
            CarryOut(run, decision);
    }

    private void CarryOut(WorkflowRun run, Decision decision)
    {
        switch (decision)
        {
            case Decision.StartJob start:
                StartJob(run, start);
                break;
            case Decision.CancelJob cancel when _jobs.TryGetValue(cancel.Attempt, out var job):
                CancelJob(job);
                break;
            case Decision.HoldForApproval hold:
                Hold(run, hold);
                break;
            case Decision.RequestLock wanted:
                _serial.Request(wanted.Key, new SerialTicket(run.Id, wanted.Job, _parts.Project, _parts.Folder.Number));
                break;
            case Decision.ReleaseLock given:
                _serial.Release(given.Key, run.Id, given.Job);
                break;
            case Decision.WorkflowStatusChanged changed:
                _views.Show(new RunEvent.WorkflowChanged(Now, run.Id, run.Workflow.Name, changed.To));
                break;
            case Decision.AutoRerun when new WorkflowStarts(_parts, run.Phase).Again(run) is var (again, plan):
                Begin(again, plan);
                break;
        }
    }

    private void StartJob(WorkflowRun run, Decision.StartJob start)
    {
        var compiled = run.Phase.Pipeline.FindJob(start.Invocation.Name);
        var chosen = compiled is null || start.Invocation.Type == JobType.Release
            ? new ChosenSandbox.None("it releases by a deploy plan, which only a server can do")
            : _parts.Sandboxes.Choose(compiled);
        if (chosen is not ChosenSandbox.Some some)
        {
            var reason = ((ChosenSandbox.None)chosen).Reason;
            _next.Enqueue(new RunMessage.Told(run, new WorkflowEvent.JobEnded(start.Attempt, PlannedOutcome.NotRun, JobRecord.CannotRunHere + reason)));
            return;
        }

        var job = new JobRun(run, start.Attempt, compiled!, some);
        _jobs.Add(start.Attempt, job);
        foreach (var node in job.Order)
            _slots.Add(job, node);
        StartNodes();
        if (!job.HasStarted)
            _next.Enqueue(new RunMessage.Told(run, new WorkflowEvent.JobQueued(start.Attempt)));
    }

    private void StartNodes()
    {
        while (_slots.TryNext(out var job, out var node))
            _nodes.Start(job, node);
    }

    private void CancelJob(JobRun job)
    {
        job.Cancel();
        foreach (var node in _slots.Remove(job))
            _inbox.Post(new RunMessage.NodeEnded(job, node, new JobResult { Outcome = Runner.Jobs.JobOutcome.Canceled, Reason = "The job was canceled before it began.", Duration = default }) { HadSlot = false });
    }

    private async Task EndAsync(RunMessage.NodeEnded ended)
    {
        var (job, node, result) = ended;
        if (ended.HadSlot)
        {
            _slots.Free();
            if (ended.HadBegun)
                _views.Show(new RunEvent.JobEnded(Now, new JobRunKey(job.Workflow.Id, job.Job.Name, node), result));
        }

        if (job.End(node, result))
        {
            _jobs.Remove(job.Attempt);
            await FinishAsync(job);
            job.Dispose();
        }

        StartNodes();
    }

    private async Task FinishAsync(JobRun job)
    {
        await SaveTimingsAsync(job);
        var (outcome, reason) = job.Outcome();
        Tell(job.Workflow, new WorkflowEvent.JobEnded(job.Attempt, outcome, reason));
        if (job.Continuation is { } sent && Continuation is null && _interruptsTaken == 0)
        {
            Continuation = new ContinuationRecord(job.Job.Name, job.MayKeepContinuation ? sent : null, IsGood: false);
            await ContinueAsync(sent, job.Workflow.Phase);
        }
    }

    /// <summary>Keeps how long the tests of all parallel runs took. They only help the next split: without them it is by name, which is no reason to end this run.</summary>
    private async Task SaveTimingsAsync(JobRun job)
    {
        try
        {
            var results = _parts.Stores.TestResults.Read(job.Workflow.Id.ToString(), job.Job.Name);
            if (!results.IsEmpty)
                await _parts.Stores.Timings.SaveAsync(_parts.Project, job.Job.Name, results, CancellationToken.None);
        }
        catch (Exception e) when (e is StoreException or IOException or UnauthorizedAccessException)
        {
            _views.Show(new RunEvent.Notice(Now, $"How long the tests of {job.Job.Name} took is not kept; where it is missing, the next split by timings is by name. {e.Message}", IsWarning: true));
        }
    }

    private async Task ContinueAsync(string sent, PipelinePhase setup)
    {
        var phase = await _continue(sent, setup);
        Continuation = Continuation! with { IsGood = phase is not null };
        if (phase is not null)
            Start(phase);
        else
            HasBadContinuation = true;
    }

    /// <summary>In a rerun from failed, a setup job that succeeded is carried over with what it sent (EX-5.2).</summary>
    private async Task CarryOverAsync(PipelinePhase phase)
    {
        if (!phase.Pipeline.IsSetup || _parts.Settings is not { Rerun: RerunKind.FromFailed or RerunKind.FailedTests, Previous: { Continuation: { } earlier } previous }
            || !previous.Workflows.Any(w => w.IsSetup && w.Jobs.GetValueOrDefault(earlier.Job) == JobStatus.Success))
        {
            return;
        }

        Continuation = earlier;
        if (earlier.Body is not { } sent)
        {
            _views.Show(new RunEvent.Notice(Now, $"The pipeline cannot be continued: what {earlier.Job} sent was not kept, because a secret is in it. 'ringfence rerun --from-start' makes it again.", IsWarning: true));
            HasBadContinuation = true;
            return;
        }

        _views.Show(new RunEvent.Notice(Now, $"{earlier.Job} is carried over with the config that it sent; --from-start makes it again.", IsWarning: false));
        await ContinueAsync(sent, phase);
    }

    private void Hold(WorkflowRun run, Decision.HoldForApproval hold)
    {
        switch (_approvals.Decide(hold.Name))
        {
            case ApprovalAnswer.Passes:
                _next.Enqueue(new RunMessage.Told(run, new WorkflowEvent.Approved(hold.Job, Environment.UserName)));
                break;
            case ApprovalAnswer.AsksPerson:
                _views.Show(new RunEvent.ApprovalNeeded(Now, run.Id, hold.Name));
                break;
            case ApprovalAnswer.NobodyThere:
                _views.Show(new RunEvent.Notice(Now, $"{hold.Name} waits for an approval, and nobody can be asked here: --approve {ShownText.ShellWord(hold.Name)} lets it pass.", IsWarning: true));
                _next.Enqueue(new RunMessage.Told(run, new WorkflowEvent.JobCanceled(hold.Job, "ringfence")));
                break;
        }
    }

    private void Take(SerialNews news)
    {
        if (news.Notice.Length > 0)
            _views.Show(new RunEvent.Notice(Now, news.Notice, IsWarning: false));
        if (news.Happened is { } happened && _workflows.Find(w => w.Id == news.Ticket.Workflow) is { } run)
            _next.Enqueue(new RunMessage.Told(run, happened));
    }
}
