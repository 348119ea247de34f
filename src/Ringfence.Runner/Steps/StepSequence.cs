using System.Collections.Immutable;
using Ringfence.Runner.Agents;
using Ringfence.Runner.Archives;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.Jobs;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Secrets;

namespace Ringfence.Runner.Steps;

/// <summary>Runs the steps of a job one after the other, each in the state of the job that its <c>when</c> asks for (EX-6.11 to EX-6.22).</summary>
internal sealed class StepSequence(StepContext context, JobLog log, JobStop stop)
{
    private const long LargestBashEnv = 16 * 1024 * 1024;

    private readonly List<Task> _background = [];

    /// <summary>What has become of the job so far.</summary>
    public sealed class State
    {
        public bool HasFailed { get; set; }

        public bool IsHalted { get; set; }

        public int? FirstFailed { get; set; }

        public string Reason { get; set; } = "";
    }

    public async Task<State> RunAsync(ImmutableArray<JobStep> steps)
    {
        var state = new State();
        var deploys = 0;
        foreach (var step in steps)
        {
            // EX-6.12, EX-6.21: after a cancel not even what always runs.
            var runs = !stop.Requested.IsCancellationRequested && !state.IsHalted && (step.When, state.HasFailed) is (StepWhen.Always, _) or (StepWhen.OnSuccess, false) or (StepWhen.OnFail, true);
            var index = await log.BeginAsync(step.Name, step.Kind, step.Text("command") ?? "", step.IsTrue("background")).ConfigureAwait(false);
            if (step.Kind is "deploy" && context.Assignment.Meeting is { } meeting)
                runs = await MayDeployAsync(step, index, ++deploys, runs, state, meeting).ConfigureAwait(false);
            if (!runs)
            {
                await log.EndAsync(index, StepOutcome.Skipped).ConfigureAwait(false);
                continue;
            }

            var verdict = await WithRerunsAsync(step, index).ConfigureAwait(false);
            if (verdict.Outcome is StepOutcome.Failed or StepOutcome.TimedOut)
            {
                state.FirstFailed ??= index;
                if (!state.HasFailed)
                    state.Reason = $"The step \"{step.Name}\" {Ending(verdict)}.";
                state.HasFailed = true;
            }

            // A job that has failed still does what it does after a failure.
            state.IsHalted |= verdict.Halts && !state.HasFailed;
        }

        return state;
    }

    /// <summary>EX-7.60: of several parallel runs only the first deploys, when all others have come this far and nothing has failed in any.</summary>
    private async Task<bool> MayDeployAsync(JobStep step, int index, int number, bool runs, State state, NodeMeeting meeting)
    {
        var node = context.Assignment.NodeIndex;
        meeting.Reach(node, number, isWell: !state.HasFailed && !stop.Requested.IsCancellationRequested);
        if (!runs)
            return false;
        if (node > 0)
        {
            await context.SayAsync(index, "Of several parallel runs, only the first (0) does this step, once all others have come here.").ConfigureAwait(false);
            return false;
        }

        await context.SayAsync(index, "Waiting until the other parallel runs have come here").ConfigureAwait(false);
        try
        {
            // What is to be done also after a failure is not for success only.
            if (await meeting.OthersReachAsync(number, stop.Requested).ConfigureAwait(false) || step.When != StepWhen.OnSuccess)
                return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        await context.SayAsync(index, "Something has failed in another parallel run, so this step is not done.").ConfigureAwait(false);
        return false;
    }

    /// <summary>Waits for the last words of what ran in the background; its processes have been ended.</summary>
    public Task EndBackgroundAsync() => Task.WhenAll(_background);

    private async Task<StepVerdict> WithRerunsAsync(JobStep step, int index)
    {
        var most = step.Number("max_auto_reruns");
        var pause = GoDuration.TryParse(step.Text("auto_rerun_delay") ?? "", out var delay) ? delay : TimeSpan.Zero;
        for (var attempt = 0; ; attempt++)
        {
            if (attempt > 0)
                await log.BeginAgainAsync(new StepStart(index, step.Name, step.Kind, step.Text("command") ?? "", attempt, false)).ConfigureAwait(false);
            var verdict = await OneAsync(step, index).ConfigureAwait(false);
            foreach (var note in context.Gate.TakeNotes())
                await context.SayAsync(index, note).ConfigureAwait(false);
            if (!step.IsTrue("background") || verdict.Outcome != StepOutcome.Success)
                await log.EndAsync(index, verdict.Outcome, verdict.ExitCode, verdict.Limit).ConfigureAwait(false);

            // EX-5.9: only what failed is tried again.
            if (verdict.Outcome != StepOutcome.Failed || attempt >= most || stop.Requested.IsCancellationRequested)
                return verdict;
            await Task.Delay(pause, context.Surroundings.Clock, stop.Requested).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The exit code of what was killed tells of the kill only.
    private static string Ending(StepVerdict verdict) => verdict switch
    {
        { Outcome: StepOutcome.TimedOut } => $"timed out: {verdict.Limit}",
        { ExitCode: { } code } => $"ended with exit code {code}",
        _ => "failed",
    };

    private async Task<StepVerdict> OneAsync(JobStep step, int index)
    {
        try
        {
            return step.Kind switch
            {
                "run" or "deploy" => await RunAsync(step, index).ConfigureAwait(false),
                "checkout" => await new CheckoutStep(context, step, index).RunAsync(stop.Requested).ConfigureAwait(false),
                "save_cache" => await new CacheSteps(context, step, index).SaveAsync(stop.Requested).ConfigureAwait(false),
                "restore_cache" => await new CacheSteps(context, step, index).RestoreAsync(stop.Requested).ConfigureAwait(false),
                "persist_to_workspace" => await new WorkspaceSteps(context, step, index).PersistAsync(stop.Requested).ConfigureAwait(false),
                "attach_workspace" => await new WorkspaceSteps(context, step, index).AttachAsync(stop.Requested).ConfigureAwait(false),
                "store_artifacts" => await new UploadSteps(context, step, index).ArtifactsAsync(stop.Requested).ConfigureAwait(false),
                "store_test_results" => await new UploadSteps(context, step, index).TestResultsAsync(stop.Requested).ConfigureAwait(false),
                "setup_remote_docker" => await RemoteDockerAsync(step, index).ConfigureAwait(false),
                "add_ssh_keys" => await new SshKeysStep(context, step, index).RunAsync(stop.Requested).ConfigureAwait(false),
                _ => await SayAsync(index, $"The step {step.Kind} does not exist on Linux.", StepVerdict.Failed).ConfigureAwait(false),
            };
        }
        catch (Exception e) when (e is AgentRefusedException or SandboxException or StoreException or ArchiveException or DamagedBlobException or GateRefusedException)
        {
            return await SayAsync(index, e.Message, StepVerdict.Failed).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.Requested.IsCancellationRequested)
        {
            return StepVerdict.Stopped(stop, context.Assignment.LongestRun);
        }
    }

    private async Task<StepVerdict> RunAsync(JobStep step, int index)
    {
        // What runs in the background, also what an earlier step left running, can write at any time; what it has written by now does not get into this step.
        if (await ResidueAsync().ConfigureAwait(false) is { } before)
            await SayBackgroundWroteAsync(index, before).ConfigureAwait(false);

        var run = new RunStep(context, step, index);
        var process = await run.StartAsync(CancellationToken.None).ConfigureAwait(false);
        if (!step.IsTrue("background"))
        {
            using (process)
                return await AfterAsync(step, index, await run.FollowAsync(process, stop, CancellationToken.None).ConfigureAwait(false)).ConfigureAwait(false);
        }

        _background.Add(FollowInBackgroundAsync(process, index));
        return StepVerdict.Success;
    }

    /// <summary>A fenced secret that a step leaves for the next ones would be in all of them, whatever its fence (ENV-7). A step that failed leaves it just so.</summary>
    private async Task<StepVerdict> AfterAsync(JobStep step, int index, StepVerdict verdict)
    {
        if (await ResidueAsync().ConfigureAwait(false) is not { } found)
            return verdict;
        if (_background.Count > 0 && !found.Secrets.IsEmpty && !found.Secrets.Any(s => s.IsFor(step.Position)))
        {
            // This step does not have them, a step in the background may: it is not to fail for another's doing.
            await SayBackgroundWroteAsync(index, found).ConfigureAwait(false);
            return verdict;
        }

        await context.SayAsync(index, $"Refused: this step wrote {found.Description} into $BASH_ENV, where every later step would get it, although only some may. The file was emptied.").ConfigureAwait(false);
        return verdict.Outcome == StepOutcome.Success ? StepVerdict.Failed : verdict;
    }

    private ValueTask SayBackgroundWroteAsync(int index, Residue residue) => context.SayAsync(
        index,
        $"Something in the background wrote {residue.Description} into $BASH_ENV, where every later step would get it, although only some may. The file was emptied.");

    /// <summary>Looks for fenced secrets in what steps have left for the next ones, and empties the file when there are some.</summary>
    /// <returns>What was there and may not be; null when nothing was.</returns>
    private async Task<Residue?> ResidueAsync()
    {
        var secrets = context.Assignment.Secrets;
        if (!secrets.Any(s => s.Steps is not null) || stop.Requested.IsCancellationRequested)
            return null;
        Residue? found = null;
        try
        {
            var residue = await context.Files.ReadAsync(context.BashEnv, LargestBashEnv, stop.Requested).ConfigureAwait(false);
            if (await context.Gate.FindFencedAsync(residue, secrets, stop.Requested).ConfigureAwait(false) is { IsEmpty: false } names)
                found = new Residue($"the value of {string.Join(", ", names)}", [.. secrets.Where(s => names.Contains(s.Name))]);
        }
        catch (AgentRefusedException e) when (e.Kind == Protocol.Agents.FailureKind.NotFound)
        {
            return null;
        }
        catch (AgentRefusedException e)
        {
            // Anything unknown denies.
            found = new Residue($"what cannot be searched ({e.Message})", []);
        }

        if (found is not null)
            await context.Files.WriteAsync(new Protocol.Agents.WriteFile { Path = context.BashEnv, Mode = 0x180 }, CancellationToken.None).ConfigureAwait(false);
        return found;
    }

    /// <summary>What was in $BASH_ENV and may not be there.</summary>
    /// <param name="Description">In words.</param>
    /// <param name="Secrets">Those whose values were found; none when the file could not be searched.</param>
    private sealed record Residue(string Description, ImmutableArray<JobSecret> Secrets);

    /// <summary>EX-6.14: its output goes on, its end does not matter to the job.</summary>
    private async Task FollowInBackgroundAsync(AgentProcess process, int index)
    {
        using (process)
        {
            try
            {
                while (await process.ReadAsync(CancellationToken.None).ConfigureAwait(false) is { } output)
                    await log.Report(new JobEvent.Printed(index, output.Data.Memory)).ConfigureAwait(false);
            }
            catch (AgentLostException)
            {
                // The job hears of it from its own steps.
            }

            await log.EndAsync(index, StepOutcome.Success, process.Exit?.Code).ConfigureAwait(false);
        }
    }

    private async Task<StepVerdict> RemoteDockerAsync(JobStep step, int index)
    {
        foreach (var (name, value) in await context.Sandbox.StartRemoteDockerAsync(step.Text("version") ?? "default", stop.Requested).ConfigureAwait(false))
        {
            context.Environment[name] = value;
            context.Stronger.Add(name);
        }

        return await SayAsync(index, "A Docker engine of this job's own is ready.", StepVerdict.Success).ConfigureAwait(false);
    }

    private async Task<StepVerdict> SayAsync(int index, string text, StepVerdict verdict)
    {
        await context.SayAsync(index, text).ConfigureAwait(false);
        return verdict;
    }
}
