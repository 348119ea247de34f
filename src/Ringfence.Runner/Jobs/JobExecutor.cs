using System.Text;
using Ringfence.Gate.Policies;
using Ringfence.Protocol.Agents;
using Ringfence.Runner.Agents;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Secrets;
using Ringfence.Runner.Steps;

namespace Ringfence.Runner.Jobs;

/// <summary>Runs one parallel run of one job from the start of its sandbox to its end.</summary>
/// <param name="provider">Makes the sandbox.</param>
/// <param name="surroundings">Stores, source and clock.</param>
/// <param name="report">Gets everything that happens, in order; it may make the job wait.</param>
public sealed class JobExecutor(ISandboxProvider provider, JobSurroundings surroundings, Func<JobEvent, ValueTask> report)
{
    private const int LargestContinuation = 8 * 1024 * 1024;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Runs it. It ends exactly once, whatever happens, and leaves no sandbox behind.</summary>
    /// <param name="assignment">What to run.</param>
    /// <param name="request">The sandbox it wants.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<JobResult> RunAsync(JobAssignment assignment, SandboxRequest request, JobStop stop)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(stop);
        var began = surroundings.Clock.GetTimestamp();

        // Waited for: what it is about to stop would be gone, and an exception of a timer ends the program.
        await using var limit = surroundings.Clock.CreateTimer(_ => stop.TimeOut(), null, assignment.LongestRun, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        using var gate = new JobGate(assignment, surroundings.Gate, surroundings.Clock, report);
        var log = new JobLog(surroundings.Clock, gate.ReportAsync);
        JobResult result;
        try
        {
            result = await InSandboxAsync(assignment, request, gate, log, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is Blobs.StoreException or IOException or UnauthorizedAccessException)
        {
            // The message may have a name that the job chose; below it is masked, as every reason is.
            result = new JobResult { Outcome = JobOutcome.InfrastructureFail, Reason = e.Message, Duration = default };
        }

        await gate.EndAsync().ConfigureAwait(false);
        return result with
        {
            Duration = surroundings.Clock.GetElapsedTime(began),
            Reason = gate.Masked(result.Reason),
            Artifacts = [.. result.Artifacts.Select(gate.Masked)],
            FailedTests = [.. result.FailedTests.Select(gate.Masked)],
            Caught = gate.Caught,
        };
    }

    private async Task<JobResult> InSandboxAsync(JobAssignment assignment, SandboxRequest request, JobGate gate, JobLog log, JobStop stop)
    {
        ISandbox sandbox;
        var services = new ServiceLogs(log, request.Containers);
        var start = await log.BeginAsync("Spin up environment", "spin_up").ConfigureAwait(false);
        try
        {
            sandbox = await StartAsync(request, log, start, services, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.Requested.IsCancellationRequested)
        {
            await log.EndAsync(start, StepOutcome.Canceled).ConfigureAwait(false);
            await services.EndAsync().ConfigureAwait(false);
            return Stopped(stop, assignment.LongestRun);
        }
        catch (SandboxException e)
        {
            await log.SayAsync(start, e.Hint.Length > 0 ? $"{e.Message}\n{e.Hint}" : e.Message).ConfigureAwait(false);
            await log.EndAsync(start, e.IsFaultOfJob ? StepOutcome.Failed : StepOutcome.InfrastructureFail).ConfigureAwait(false);
            await services.EndAsync().ConfigureAwait(false);
            return new JobResult { Outcome = e.IsFaultOfJob ? JobOutcome.Failed : JobOutcome.InfrastructureFail, Reason = e.Message, Duration = default, FailedStep = start };
        }

        await using (sandbox.ConfigureAwait(false))
        {
            await log.SayAsync(start, $"Agent started: {sandbox.Agent.Hello.Kernel} {sandbox.Agent.Hello.Architecture}, user {sandbox.Agent.Hello.User} ({sandbox.Agent.Hello.Uid})").ConfigureAwait(false);
            if (assignment.Remark.Length > 0)
                await log.SayAsync(start, assignment.Remark).ConfigureAwait(false);
            await log.EndAsync(start, StepOutcome.Success).ConfigureAwait(false);
            try
            {
                return await StepsAsync(assignment, sandbox, gate, log, services, stop).ConfigureAwait(false);
            }
            catch (SandboxException e) when (e.IsFaultOfJob)
            {
                return new JobResult { Outcome = JobOutcome.Failed, Reason = e.Message, Duration = default };
            }
            catch (Exception e) when (e is AgentLostException or AgentRefusedException)
            {
                if (stop.Requested.IsCancellationRequested)
                    return Stopped(stop, assignment.LongestRun);
                return new JobResult { Outcome = JobOutcome.InfrastructureFail, Reason = e.Message, Duration = default };
            }
            finally
            {
                // Before the containers are removed: that they end then says nothing about them.
                await services.EndAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Starts the sandbox; what it says on the way is in the log of the step when this returns or throws.</summary>
    private async Task<ISandbox> StartAsync(SandboxRequest request, JobLog log, int step, ServiceLogs services, JobStop stop)
    {
        var lines = new StepFeed();
        var pump = lines.PumpAsync(log, step);
        try
        {
            return await provider.StartAsync(request, Take, stop.Requested).ConfigureAwait(false);
        }
        finally
        {
            lines.End();
            await pump.ConfigureAwait(false);
        }

        void Take(SandboxReport said)
        {
            if (said is SandboxReport.Line { Text: var text })
                lines.TakeLine(text);
            else
                services.Take(said);
        }
    }

    private async Task<JobResult> StepsAsync(JobAssignment assignment, ISandbox sandbox, JobGate gate, JobLog log, ServiceLogs services, JobStop stop)
    {
        var context = await PrepareAsync(assignment, sandbox, gate, log).ConfigureAwait(false);
        await services.BeginAsync().ConfigureAwait(false);
        var steps = new StepSequence(context, log, stop);
        var state = await RunToEndAsync(steps, context, stop).ConfigureAwait(false);
        await SaveTestsAsync(context).ConfigureAwait(false);
        byte[]? sent = null;
        try
        {
            sent = assignment.IsSetup ? await ContinuationAsync(context).ConfigureAwait(false) : null;
        }
        catch (GateRefusedException e)
        {
            (state.HasFailed, state.Reason) = (true, e.Message);
        }

        var end = new JobResult
        {
            Outcome = state.HasFailed ? JobOutcome.Failed : JobOutcome.Success,
            Reason = state.Reason,
            Duration = default,
            FailedStep = state.FirstFailed,
            CacheHits = context.Tally.CacheHits,
            CacheMisses = context.Tally.CacheMisses,
            Artifacts = [.. context.Tally.Artifacts],
            Tests = context.Tally.Tests.Count,
            FailedTests = [.. context.Tally.Tests.Where(test => test.Result == TestResults.TestOutcome.Failure).Select(test => test.Name)],
            Continuation = sent is null ? null : Encoding.UTF8.GetString(sent),
            MayKeepContinuation = sent is not null && await gate.IsCleanAsync(sent, CancellationToken.None).ConfigureAwait(false),
        };
        if (!stop.Requested.IsCancellationRequested)
            return end;
        var stopped = Stopped(stop, assignment.LongestRun);
        return end with { Outcome = stopped.Outcome, Reason = stopped.Reason };
    }

    /// <summary>Runs the steps, and ends what they have left running.</summary>
    private async Task<StepSequence.State> RunToEndAsync(StepSequence steps, StepContext context, JobStop stop)
    {
        try
        {
            var state = await steps.RunAsync(JobStep.Of(context.Assignment.Job)).ConfigureAwait(false);
            if (surroundings.AtEnd is { } look && !stop.Requested.IsCancellationRequested)
                await look(new EndedJob(context.Agent, context.EnvironmentOf(StepContext.NoStep), context.WorkingDirectory, stop.Requested)).ConfigureAwait(false);

            // Kindly first: a server in the background may want to write its last words (EX-6.6).
            await context.Files.EndAllAsync(stop.AtOnce.IsCancellationRequested ? TimeSpan.Zero : Grace, CancellationToken.None).ConfigureAwait(false);
            await steps.EndBackgroundAsync().ConfigureAwait(false);
            return state;
        }
        catch
        {
            // What runs in the background ends with the sandbox; nothing may be told of it any more when the job is over.
            await context.Sandbox.DisposeAsync().ConfigureAwait(false);
            await steps.EndBackgroundAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<StepContext> PrepareAsync(JobAssignment assignment, ISandbox sandbox, JobGate gate, JobLog log)
    {
        var files = new AgentFiles(sandbox.Agent);
        var hello = sandbox.Agent.Hello;
        var bashEnv = Path.Join(hello.TaskFolder, ".bash_env");
        await files.WriteAsync(new WriteFile { Path = bashEnv, Mode = 0x180 }, CancellationToken.None).ConfigureAwait(false);
        if (surroundings.Stores.Timings.ReadFile(assignment.Project, assignment.Job.Name) is { } timings)
            await files.WriteAsync(new WriteFile { Path = Path.Join(hello.TaskFolder, Protocol.Tests.TestTimings.StoredAs), Data = Google.Protobuf.ByteString.CopyFrom(timings) }, CancellationToken.None).ConfigureAwait(false);

        if (assignment.FailedTests is { } failed)
            await files.WriteAsync(new WriteFile { Path = Path.Join(hello.TaskFolder, Protocol.Tests.FailedTests.StoredAs), Data = Google.Protobuf.ByteString.CopyFrom(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(failed, Protocol.Tests.TestFilesJson.Default.FailedTests)) }, CancellationToken.None).ConfigureAwait(false);

        sandbox.Agent.OnMask = gate.AddAsync;
        await files.ListenForMasksAsync(CancellationToken.None).ConfigureAwait(false);
        var environment = JobEnvironment.Of(assignment, hello, bashEnv);
        var context = new StepContext
        {
            Assignment = assignment,
            Surroundings = surroundings,
            Sandbox = sandbox,
            Files = files,
            Environment = environment.All,
            Stronger = environment.Stronger,
            Gate = gate,
            BashEnv = bashEnv,
            WorkingDirectory = JobEnvironment.WorkingDirectory(assignment, hello),
            ContinuationPort = environment.ContinuationKey.Length > 0 ? await files.ListenForContinuationAsync(environment.ContinuationKey, CancellationToken.None).ConfigureAwait(false) : 0,
            Report = gate.ReportAsync,
        };
        var step = await log.BeginAsync("Preparing environment variables", "environment").ConfigureAwait(false);
        try
        {
            await files.LookAsync(context.WorkingDirectory, makeFolder: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (AgentRefusedException e)
        {
            var sentence = $"The working directory {context.WorkingDirectory} cannot be made: {e.Message}";
            await log.SayAsync(step, sentence).ConfigureAwait(false);
            await log.EndAsync(step, StepOutcome.Failed).ConfigureAwait(false);
            throw new SandboxException(sentence, "", isFaultOfJob: true, e);
        }

        await log.SayAsync(step, environment.Describe()).ConfigureAwait(false);
        foreach (var unmasked in gate.Unmasked)
            await log.SayAsync(step, $"{unmasked.Name} is not masked. {unmasked.Reason}").ConfigureAwait(false);
        await log.EndAsync(step, StepOutcome.Success).ConfigureAwait(false);
        return context;
    }

    private async Task SaveTestsAsync(StepContext context)
    {
        if (context.Tally.Tests.Count == 0)
            return;
        var assignment = context.Assignment;
        await surroundings.Stores.TestResults.SaveAsync(assignment.WorkflowId, assignment.Job.Name, assignment.NodeIndex, [.. context.Tally.Tests], CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task<byte[]?> ContinuationAsync(StepContext context)
    {
        byte[] sent;
        try
        {
            var path = Path.Join(context.Agent.Hello.TaskFolder, "continuation.json");
            sent = await context.Files.ReadAsync(path, LargestContinuation, CancellationToken.None).ConfigureAwait(false);
        }
        catch (AgentRefusedException e) when (e.Kind == FailureKind.NotFound)
        {
            return null;
        }

        // What is in it gets into names, commands and parameters of jobs that may have no secrets, so that nothing masks it there (MSK-7).
        using var content = new MemoryStream(sent, writable: false);
        await context.Gate.PassAsync(GateExit.Continuation, "the config that continues the pipeline", content, static async (passed, end) =>
        {
            await passed.CopyToAsync(Stream.Null, end).ConfigureAwait(false);
            return 0;
        }, CancellationToken.None).ConfigureAwait(false);
        return sent;
    }

    private static JobResult Stopped(JobStop stop, TimeSpan longestRun) => stop.IsTimeOut
        ? new JobResult { Outcome = JobOutcome.TimedOut, Reason = $"The job ran longer than its time limit of {GoDuration.Short(longestRun)}.", Duration = default }
        : new JobResult { Outcome = JobOutcome.Canceled, Reason = "The job was canceled.", Duration = default };
}
