using System.Collections.Immutable;
using System.Globalization;
using Ringfence.Cli.Secrets;
using Ringfence.Config.Compilation;
using Ringfence.Config.Yaml;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.Jobs;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Secrets;
using Ringfence.Workflows;
using PlannedOutcome = Ringfence.Workflows.Planning.JobOutcome;

namespace Ringfence.Cli.Run.Driving;

/// <summary>One attempt at a job with all its parallel runs. The loop of the run owns it; only <see cref="RunNodeAsync"/> runs beside the loop.</summary>
internal sealed class JobRun : IDisposable
{
    private readonly RunParts _parts;
    private readonly ChosenSandbox.Some _sandbox;
    private readonly JobResult?[] _results;
    private readonly JobStop[] _stops;
    private readonly NodeMeeting? _meeting;

    // Its parallel runs ask for it from several threads, and have the same.
    private readonly Lazy<Task<long>> _number;

    public JobRun(WorkflowRun workflow, JobAttempt attempt, CompiledJob job, ChosenSandbox.Some sandbox)
    {
        (Workflow, Attempt, Job, _sandbox, _parts) = (workflow, attempt, job, sandbox, workflow.Parts);
        Nodes = _parts.Settings.OpensShell ? 1 : _parts.Sandboxes.Of(job).Nodes;
        _number = new Lazy<Task<long>>(() => _parts.Numbers.NextJobsAsync(1, CancellationToken.None));
        _results = new JobResult?[Nodes];
        _stops = [.. Enumerable.Range(0, Nodes).Select(_ => new JobStop())];
        _meeting = Nodes > 1 && (job.Steps?.Items ?? []).Any(step => step is YamlMapping { Entries: [{ Name: "deploy" }, ..] }) ? new NodeMeeting(Nodes) : null;
    }

    public WorkflowRun Workflow { get; }

    public JobAttempt Attempt { get; }

    public CompiledJob Job { get; }

    public int Nodes { get; }

    /// <summary>The parallel runs in the order in which they are to start. One that waits for the others comes last, or it could hold the place that they need.</summary>
    public IEnumerable<int> Order => _meeting is null ? Enumerable.Range(0, Nodes) : Enumerable.Range(1, Nodes - 1).Append(0);

    /// <summary>Whether a parallel run of it has a place to run in, and asks for its secrets or has them.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>Whether the planner was told that it runs.</summary>
    public bool IsRunning { get; set; }

    /// <summary>What continues the pipeline, if one of its runs sent it.</summary>
    public string? Continuation => Continuing?.Continuation;

    /// <summary>Whether that may be written down.</summary>
    public bool MayKeepContinuation => Continuing is { MayKeepContinuation: true };

    private JobResult? Continuing => _results.FirstOrDefault(r => r?.Continuation is not null);

    /// <summary>Notes how a parallel run ended.</summary>
    /// <returns>Whether all have.</returns>
    public bool End(int node, JobResult result)
    {
        _meeting?.End(node, result.Outcome == JobOutcome.Success);
        _results[node] = result;
        return _results.All(r => r is not null);
    }

    /// <summary>How the job ended (EX-3.8), and why.</summary>
    public (PlannedOutcome Outcome, string Reason) Outcome()
    {
        foreach (var (worst, outcome) in ((JobOutcome, PlannedOutcome)[])
                 [
                     (JobOutcome.Unauthorized, PlannedOutcome.Unauthorized), (JobOutcome.InfrastructureFail, PlannedOutcome.InfrastructureFail), (JobOutcome.Failed, PlannedOutcome.Failed),
                     (JobOutcome.TimedOut, PlannedOutcome.TimedOut), (JobOutcome.Canceled, PlannedOutcome.Canceled),
                 ])
        {
            if (_results.FirstOrDefault(r => r?.Outcome == worst) is { } first)
                return (outcome, first.Reason);
        }

        return (PlannedOutcome.Success, "");
    }

    public void Cancel()
    {
        foreach (var stop in _stops)
            stop.Cancel();
    }

    public void Kill()
    {
        foreach (var stop in _stops)
            stop.Kill();
    }

    /// <summary>Runs one of its parallel runs and says what happens. It does not throw but for a bug.</summary>
    public async Task RunNodeAsync(int node, Func<RunMessage, ValueTask> tell)
    {
        HasStarted = true;
        var key = new JobRunKey(Workflow.Id, Job.Name, node);
        var contexts = Workflow.Workflow.Jobs.FirstOrDefault(j => j.Name == Job.Name)?.Contexts ?? [];
        var grant = await _parts.Secrets.AskAsync(this, node, contexts, _stops[node].Requested);
        if (grant is JobGrant.Refused refused)
        {
            await tell(new RunMessage.NodeEnded(this, node, new JobResult { Outcome = refused.Outcome, Reason = refused.Reason, Duration = default }) { HadBegun = false });
            return;
        }

        using var given = (JobGrant.Given)grant;
        JobResult result;
        try
        {
            await tell(new RunMessage.NodeBegan(this));
            var number = await _number.Value;
            await tell(new RunMessage.Seen(new RunEvent.JobStarted(_parts.Clock.GetUtcNow(), key, number, Nodes)));
            result = await InScratchAsync(node, number, given, key, tell);
        }
        catch (Exception e) when (e is StoreException or IOException or UnauthorizedAccessException)
        {
            result = new JobResult { Outcome = JobOutcome.InfrastructureFail, Reason = e.Message, Duration = default };
        }

        await _parts.Secrets.RecordAsync(this, result.Caught, CancellationToken.None);

        await tell(new RunMessage.NodeEnded(this, node, result));
    }

    public void Dispose()
    {
        foreach (var stop in _stops)
            stop.Dispose();
    }

    private async Task<JobResult> InScratchAsync(int node, long number, JobGrant.Given given, JobRunKey key, Func<RunMessage, ValueTask> tell)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{number}-{node}");
        var scratch = _parts.Scratch.Add(id);
        try
        {
            var executor = new JobExecutor(_sandbox.Provider, _parts.Jobs, happened => tell(new RunMessage.Seen(Seen(key, happened))));
            return await executor.RunAsync(Assignment(node, number) with { Secrets = given.Secrets, SshKeys = given.SshKeys }, Request(id, scratch, given.Secrets), _stops[node]);
        }
        finally
        {
            // What the job did stands, whatever becomes of its files; the run tries once more when it ends.
            if (ScratchFolders.TryRemove(scratch) is { } whyNot)
                await tell(new RunMessage.Seen(new RunEvent.Notice(_parts.Clock.GetUtcNow(), $"The files of a sandbox stay for now: {whyNot}", IsWarning: true)));
        }
    }

    private JobAssignment Assignment(int node, long number) => Workflow.Assignment(Job, Attempt.Job) with
    {
        Number = number,
        NodeIndex = node,
        NodeTotal = Nodes,
        Meeting = _meeting,
        Attempt = $"{Attempt.Job}-{Attempt.Number.ToString(CultureInfo.InvariantCulture)}",
        Remark = _sandbox.Remark,
        IsWithoutSecrets = _parts.Settings.HasNoSecrets,
    };

    private SandboxRequest Request(string id, string scratch, ImmutableArray<JobSecret> secrets)
    {
        var size = _parts.Sandboxes.Of(Job).Size ?? Runner.Placement.ResourceClass.Find("medium", isContainer: true)!;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return new SandboxRequest
        {
            Id = id,
            RunId = _parts.Id.ToString("N")[..12],
            Containers = _parts.Sandboxes.Containers(Job, _sandbox, secrets),
            // An engine refuses more than there is.
            Processors = size.Processors < Environment.ProcessorCount ? size.Processors : 0,
            MemoryBytes = size.MemoryBytes < memory ? size.MemoryBytes : 0,
            AgentFolder = _parts.AgentFolder,
            ScratchFolder = scratch,
            HasNetwork = _parts.Settings.HasNetwork,
            HasHostNetwork = _parts.Settings.HasHostNetwork,
            AllowedAddresses = _parts.Settings.Files.AllowedAddresses,
        };
    }

    private RunEvent Seen(JobRunKey key, JobEvent happened) => happened switch
    {
        JobEvent.Started started => new RunEvent.StepStarted(_parts.Clock.GetUtcNow(), key, started.Step),
        JobEvent.Printed printed => new RunEvent.StepOutput(_parts.Clock.GetUtcNow(), key, printed.Step, printed.Bytes),
        JobEvent.Ended ended => new RunEvent.StepEnded(_parts.Clock.GetUtcNow(), key, ended.Step),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
