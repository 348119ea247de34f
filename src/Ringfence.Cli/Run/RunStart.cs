using Ringfence.Cli.Commands;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Local;
using Ringfence.Cli.Run.Driving;
using Ringfence.Cli.Run.Views;
using Ringfence.Cli.Secrets;
using Ringfence.Config.Expressions;
using Ringfence.Config.Values;
using Ringfence.Primitives;
using Ringfence.Runner.Artifacts;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.Checkout;
using Ringfence.Runner.Jobs;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Sandboxes.Docker;
using Ringfence.Runner.Sandboxes.Process;

namespace Ringfence.Cli.Run;

/// <summary>Makes a run out of what the user asked for: compiles, checks the machine, takes the source, and hands over to <see cref="PipelineRun"/>.</summary>
internal sealed class RunStart(Surroundings surroundings, RunSettings settings)
{
    private readonly LocalState _state = LocalState.Of(surroundings)
        ?? throw new RunRefusedException(InputCodes.NoStateFolder, "There is no folder for what Ringfence keeps: neither HOME nor RINGFENCE_HOME is set.", $"Set HOME, or {LocalState.Variable} to a folder.");

    private readonly Guid _id = Guid.NewGuid();
    private PlaceRecord? _placeOfNow;

    /// <summary>Runs it.</summary>
    /// <exception cref="RunRefusedException">It cannot begin.</exception>
    /// <exception cref="StoreException">The folder for runs cannot be written.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken cancel)
    {
        // Early, so that Ctrl-C in the first moments cancels too.
        using var interrupts = new Interrupts(surroundings, cancel);
        var scratch = MakeScratch();
        try
        {
            return await InScratchAsync(scratch, interrupts, cancel);
        }
        finally
        {
            if (scratch.RemoveAll() is { } whyNot)
                await surroundings.Error.WriteLineAsync($"Files of this run stay behind until a later run or you remove them: {whyNot}");
        }
    }

    private async Task<ExitCode> InScratchAsync(ScratchFolders scratch, Interrupts interrupts, CancellationToken cancel)
    {
        var sources = new RunSource(surroundings, settings, scratch.Add("source"));
        var compile = await sources.CompileSettingsAsync(cancel);
        ProjectNumbers? numbers = null;
        var (project, number) = ("", 0L);
        var config = await new ConfigCompilation(surroundings).Run(compile, AdjustAsync, cancel);
        config.ReportProblems(surroundings);
        if (config.Pipeline is null)
            return ExitCode.InvalidInput;

        var phase = new PipelinePhase(config.Pipeline, config.Values) { Given = config.Given };
        new RunSelection(settings).Check(phase.Pipeline);
        var (agent, sandboxes) = (Agent(), Sandboxes());
        var (swept, source) = await MakeReadyAsync(scratch, sandboxes, phase, sources, cancel);

        var folder = RunFolder.Create(_state.Project(project), number);
        await using var secrets = new RunSecrets(new KeepAccess(surroundings, _state, project), project, settings.HasNoSecrets, sources.Origin()) { HideMemory = surroundings.HideMemory, IsUnfenced = settings.Sandbox is SandboxKind.Unfenced && !settings.AllowsUnfencedSecrets };
        var parts = new RunParts
        {
            Settings = settings,
            Id = _id,
            Folder = folder,
            Project = project,
            Numbers = numbers!,
            Jobs = new JobSurroundings(new LocalStores(_state.Stores, surroundings.Clock, StoreLimits.Default), new ArtifactStore(folder.Path), source, surroundings.Clock) { Gate = settings.Gate },
            Secrets = secrets,
            Serial = new SerialGroups(_state.Serial(CurrentProject.OrganizationOf(project)), ProcessOwner.OfThisProcess(), surroundings.Clock),
            Sandboxes = sandboxes,
            Scratch = scratch,
            AgentFolder = agent,
        };
        return await DriveAsync(parts, phase, swept, interrupts);

        async Task<PipelineValues> AdjustAsync(PipelineValues values)
        {
            _placeOfNow = PlaceRecord.Of(values);

            // FORK-13: what was allowed for the code of then is not for what somebody else may have sent.
            if (settings.EarlierPlace is { } earlier && !_placeOfNow.IsPullRequest)
                values = earlier.In(values);
            project = ProjectName.Of(values, sources.Root);
            numbers = new ProjectNumbers(_state.Project(project));
            number = await numbers.NextPipelineAsync(cancel);
            return values
                .With("pipeline.number", ExpressionValue.Integer(number))
                .With("pipeline.id", ExpressionValue.String(_id.ToString("D")))
                .With("pipeline.trigger.received_at", ExpressionValue.String(surroundings.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    // An engine takes its time to say what it is; meanwhile the source is taken.
    private async Task<(SweptFolders Swept, SourceSnapshot Source)> MakeReadyAsync(ScratchFolders scratch, SandboxChoice sandboxes, PipelinePhase phase, RunSource sources, CancellationToken cancel)
    {
        using var refused = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var checking = CheckMachineAsync(sandboxes, phase, cancel);
        var taking = sources.TakeAsync(phase, refused.Token);
        try
        {
            await checking;
            var ofEngine = await sandboxes.SweepAsync(cancel);
            var swept = await new DeadRuns(scratch, surroundings.Clock).SweepAsync(cancel);
            return (swept with { Removed = [.. ofEngine, .. swept.Removed] }, await taking);
        }
        catch
        {
            await refused.CancelAsync();
            await ((Task)taking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task<ExitCode> DriveAsync(RunParts parts, PipelinePhase phase, SweptFolders swept, Interrupts interrupts)
    {
        var (clock, folder, source) = (surroundings.Clock, parts.Folder, parts.Jobs.Source);
        using var views = RunViews.Of(surroundings, folder.Path, RunViews.Choose(surroundings, surroundings.IsTerminal, settings.IsJson, settings.IsPlain), settings.Repeat);
        views.Show(new RunEvent.PipelineStarted(clock.GetUtcNow(), _id.ToString("D"), folder.Number, settings.Compile.Path, phase.Branch, phase.Tag, phase.Revision, phase.Pipeline.IsSetup, folder.Path));
        views.Show(new RunEvent.Notice(clock.GetUtcNow(), $"Source: {source.Description}.", IsWarning: false));
        foreach (var sentence in OtherThanThen(source))
            views.Show(new RunEvent.Notice(clock.GetUtcNow(), sentence, IsWarning: true));
        if (!phase.Pipeline.IsSetup)
            WarnOfApprovals(views, phase.Pipeline);
        foreach (var line in swept.Removed)
            views.Show(new RunEvent.Notice(clock.GetUtcNow(), $"Removed what a killed run left behind: {line}.", IsWarning: false));
        foreach (var line in swept.Left)
            views.Show(new RunEvent.Notice(clock.GetUtcNow(), $"What a killed run left behind could not be removed: {line}", IsWarning: true));

        var approvals = new ApprovalDesk(settings.Approve, settings.IsJson ? null : surroundings.ReadKey, surroundings.DropKeys);
        PipelineRun? begun = null;
        if (settings.OpensShell)
            parts = parts with { Jobs = parts.Jobs with { AtEnd = ended => new JobShell(surroundings, interrupts.Cancel).OpenAsync(ended, begun!.ShownAsync) } };
        using var run = begun = new PipelineRun(parts, views, interrupts, approvals, (sent, before) => Task.FromResult(Continue(sent, before, views)));
        var record = new RunRecord { Number = folder.Number, Id = _id.ToString("D"), StartedAt = clock.GetUtcNow(), Compile = Absolute(settings.Compile), Commit = settings.Commit is null ? null : source.Revision, Place = PlaceRecord.Of(phase.Values), Source = new SourceRecord(source.Description, source.Revision, source.Changes), Workflow = settings.Workflow, Job = settings.Job, Sandbox = settings.AskedSandbox ?? SandboxKind.AsConfigured, ImageRules = settings.ImageRules };
        record.Write(folder.Path);
        await run.RunAsync(phase);

        var states = run.Workflows.Select(w => w.State).ToArray();
        var succeeded = !run.HasBadContinuation && states.All(s => s.Status is Workflows.WorkflowStatus.Success or Workflows.WorkflowStatus.NotRun);
        Keep(record with { HasEnded = true, Workflows = [.. run.CarriedOver, .. run.Workflows.Select(w => w.Record())], Continuation = run.Continuation, LedgerHead = parts.Secrets.LedgerHead, References = parts.Secrets.References }, folder, views);
        var hasFailed = run.HasBadContinuation || states.Any(s => s.Status is Workflows.WorkflowStatus.Failed or Workflows.WorkflowStatus.Error or Workflows.WorkflowStatus.Unauthorized);
        views.Show(new RunEvent.PipelineEnded(clock.GetUtcNow(), succeeded, interrupts.Count > 0 || (!succeeded && !hasFailed), folder.Path));
        if (interrupts.Count > 0)
            return ExitCode.Canceled;
        if (views.WhyLost is { } whyLost)
        {
            await surroundings.Error.WriteLineAsync($"The output cannot be written: {whyLost}.{(succeeded || hasFailed ? "" : " So the run was canceled.")} Its logs are in {folder.Path}.");
            return hasFailed ? ExitCode.PipelineFailed : ExitCode.CannotWrite;
        }

        return succeeded ? ExitCode.Success : ExitCode.PipelineFailed;
    }

    /// <summary>Writes down how the run ended. It did, whether or not that can be written.</summary>
    private void Keep(RunRecord record, RunFolder folder, RunViews views)
    {
        try
        {
            record.Write(folder.Path);
        }
        catch (StoreException e)
        {
            views.Show(new RunEvent.Notice(surroundings.Clock.GetUtcNow(), $"How this run ended is not kept, so that 'ringfence rerun' does not know it. {e.Message}", IsWarning: true));
        }
    }

    /// <summary>What a person who runs something again should know of the difference to the first time.</summary>
    private IEnumerable<string> OtherThanThen(SourceSnapshot source)
    {
        if (settings is not { Rerun: not RerunKind.None, Previous: { } earlier })
            yield break;
        if (earlier.Source is { Revision.Length: > 0 } then && (then.Revision != source.Revision || then.Changes > 0 || source.Changes > 0))
            yield return $"The code is that of now, not that of run {earlier.Number}, which had {then.Description}.";
        if (earlier.Place is { } place && _placeOfNow is { } now && place.Description != now.Description)
            yield return now.IsPullRequest
                ? $"It is a run for {now.Description}, not for {place.Description} as run {earlier.Number} was: the code of a pull request runs for nothing else."
                : $"It is a run for {place.Description}, as run {earlier.Number} was, although {now.Description} is checked out now.";
    }

    /// <summary>Compiles what a setup job sent. What is wrong with it is told in the run.</summary>
    private PipelinePhase? Continue(string sent, PipelinePhase before, RunViews views)
    {
        var (configuration, parameters, whyNot) = ContinuationBody.Read(sent);
        if (whyNot is null)
        {
            var config = new ConfigCompilation(surroundings).RunContinuation(configuration, parameters, before, settings.Compile);
            if (config.Pipeline is { IsSetup: true })
                whyNot = "a setup config cannot be continued with another; take 'setup: true' out of it";
            else if (config.Pipeline is { } pipeline)
                return Continued(pipeline);
            else
                whyNot = string.Join("; ", config.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5).Select(d => d.Message));
        }

        views.Show(new RunEvent.Notice(surroundings.Clock.GetUtcNow(), $"The pipeline cannot be continued: {whyNot.TrimEnd('.')}.", IsWarning: true));
        return null;

        PipelinePhase Continued(Config.Compilation.CompiledPipeline pipeline)
        {
            WarnOfApprovals(views, before.Pipeline, pipeline);
            return new PipelinePhase(pipeline, before.Values) { IsContinued = true };
        }
    }

    // Of a setup config only when it is known what it brings.
    private void WarnOfApprovals(RunViews views, params IReadOnlyList<Config.Compilation.CompiledPipeline> configs)
    {
        foreach (var sentence in new RunSelection(settings).UnknownApprovals(configs))
            views.Show(new RunEvent.Notice(surroundings.Clock.GetUtcNow(), sentence, IsWarning: true));
    }

    private CompileSettings Absolute(CompileSettings compile) =>
        compile with { Path = compile.Path is Input.InputReader.StandardInput ? compile.Path : surroundings.FullPath(compile.Path) };

    private ScratchFolders MakeScratch()
    {
        try
        {
            Directory.CreateDirectory(_state.Sandboxes);
            return ScratchFolders.Create(_state.Sandboxes, _id.ToString("N")[..12]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunRefusedException(InputCodes.NoStateFolder, $"The folder {_state.Root} cannot be written: {e.Message}", $"Free the disk, or set {LocalState.Variable} to another folder.", ExitCode.CannotWrite);
        }
    }

    private SandboxChoice Sandboxes() => new(
        settings.Sandbox,
        settings.Images,
        surroundings.Variable,
        new DockerSandboxProvider(new DockerOptions { Host = surroundings.Variable("DOCKER_HOST"), RemoteDockerImage = settings.RemoteDockerImage }),
        new ProcessSandboxProvider(settings.Sandbox is not SandboxKind.Unfenced, surroundings.Variable("PATH") ?? ""));

    private async Task CheckMachineAsync(SandboxChoice sandboxes, PipelinePhase phase, CancellationToken cancel)
    {
        foreach (var job in new RunSelection(settings).Jobs(phase))
        {
            if (sandboxes.Choose(job) is not ChosenSandbox.Some { Provider: var provider } || await sandboxes.CheckAsync(provider, cancel) is not { IsAvailable: false } check)
                continue;
            var isContainer = provider is DockerSandboxProvider;
            throw new RunRefusedException(
                RunCodes.NoSandbox,
                $"The job {job.Name} runs {(isContainer ? "in a container" : "as a fenced process")}. {check.Description.TrimEnd('.')}.",
                isContainer ? $"{check.Hint} Or run jobs as fenced processes of this machine: --sandbox process." : $"{check.Hint}. Or give up isolation: --sandbox none.",
                ExitCode.Unavailable);
        }
    }

    private string Agent()
    {
        var folder = AgentFolder.Of(surroundings);
        return File.Exists(Path.Combine(folder, AgentFolder.Program))
            ? folder
            : throw new RunRefusedException(RunCodes.NoAgent, $"There is no agent in {folder}.", $"Build with ./ringfence, which makes it, or set {AgentFolder.Variable} to the folder that holds {AgentFolder.Program}.", ExitCode.Unavailable);
    }
}
