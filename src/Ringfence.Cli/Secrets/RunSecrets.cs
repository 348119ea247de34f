using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ringfence.Access.Release;
using Ringfence.Cli.Run;
using Ringfence.Cli.Run.Driving;
using Ringfence.Cli.Run.Views;
using Ringfence.Gate;
using Ringfence.Gate.Logs;
using Ringfence.Keep.Asking;
using Ringfence.Keep.Serving;
using Ringfence.Keep.Vaults;
using Ringfence.Protocol.Keeps;
using Ringfence.Runner.Jobs;
using Ringfence.Runner.Secrets;

namespace Ringfence.Cli.Secrets;

/// <summary>Gets the secrets of a run's jobs from the keep, which is started when the first job needs it and ends with the run.</summary>
/// <param name="access">Starts the keep.</param>
/// <param name="project">The project.</param>
/// <param name="isOff">Whether jobs get none, as the user asked.</param>
/// <param name="origin">Where the config and the code come from.</param>
internal sealed class RunSecrets(KeepAccess access, string project, bool isOff, SourceOrigin origin) : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly ProjectSecrets _ofProject = new(access.Folder, project);
    private readonly ConcurrentDictionary<(string Owner, string Variable), SecretReferenceRecord> _references = [];
    private KeepProcess? _keep;

    /// <summary>Whether jobs run without any fence, where they are not given secrets: the isolation check shows why.</summary>
    public bool IsUnfenced { get; init; }

    /// <summary>Keeps the memory of this process to itself; gives whether that could be had.</summary>
    public required Func<bool> HideMemory { get; init; }

    /// <summary>The secrets that jobs got and their steps refer to, each once with the last job that did.</summary>
    public ImmutableArray<SecretReferenceRecord> References => [.. _references.Values.OrderBy(r => r.Owner, StringComparer.Ordinal).ThenBy(r => r.Variable, StringComparer.Ordinal)];

    /// <summary>How far the ledger had come with the last answer; empty when nothing was asked.</summary>
    public string LedgerHead => _keep?.Client.LedgerHead ?? "";

    /// <summary>Asks for one parallel run of a job. It does not throw but for a bug.</summary>
    /// <param name="job">The job.</param>
    /// <param name="node">Which of its parallel runs.</param>
    /// <param name="contexts">The contexts it names.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<JobGrant> AskAsync(JobRun job, int node, ImmutableArray<string> contexts, CancellationToken cancel)
    {
        try
        {
            if (isOff || (contexts.IsEmpty && !_ofProject.MayBeThere(SecretFacts.InstallsKeys(job.Job))))
                return JobGrant.Given.Nothing;
            if (IsUnfenced)
                return new JobGrant.Refused(JobOutcome.Failed, "The job asks for secrets, and plain processes are unfit for them: any other process of yours could read them. Use --sandbox process or docker, or --no-secrets, or give them all the same: --allow-unfenced-secrets.");
            if (access.Folder.WhatIsGone is { } gone)
                return new JobGrant.Refused(JobOutcome.Failed, $"{gone}. Or run without secrets: --no-secrets.");
            if (!access.Folder.Exists)
                return new JobGrant.Refused(JobOutcome.Failed, $"The context '{contexts[0]}' does not exist. Make it: ringfence context create {ShownText.ShellWord(contexts[0])}. Or run without secrets: --no-secrets.");
            var answer = await (await KeepAsync(cancel)).Client.ReleaseAsync(SecretFacts.Of(job, node, contexts, origin), cancel);
            return answer switch
            {
                ReleaseAnswer.Granted granted => Give(job, granted),
                ReleaseAnswer.Denied denied => Refuse(denied, project),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (OperationCanceledException)
        {
            return new JobGrant.Refused(JobOutcome.Canceled, "The job was canceled before it got its secrets.");
        }
        catch (Exception e) when (e is KeepException or VaultException)
        {
            // T22: never without its secrets.
            return new JobGrant.Refused(JobOutcome.InfrastructureFail, e.Message);
        }
    }

    /// <summary>Records what the gate has found in a job.</summary>
    public async Task RecordAsync(JobRun job, IReadOnlyCollection<CaughtSecret> caught, CancellationToken cancel)
    {
        if (_keep is null || caught.Count == 0)
            return;
        var note = new Note { Kind = "caught", Project = project, Job = new Job { Name = job.Job.Name, Pipeline = job.Workflow.Parts.Folder.Number, Commit = job.Workflow.Phase.Revision } };
        note.Variables.AddRange(caught.Select(c => c.Variable).Distinct(StringComparer.Ordinal));
        note.Text = string.Join("; ", caught.Take(20).Select(c => $"{c.Variable} ({c.Form}) in {c.Exit}, {c.Action}"));
        try
        {
            await _keep.Client.AskAsync(new KeepRequest { Note = note, AskedBy = Environment.UserName }, cancel);
        }
        catch (KeepException)
        {
            // The job's own log tells it too.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_keep is not null)
            await _keep.DisposeAsync();
        _one.Dispose();
    }

    private JobGrant.Given Give(JobRun job, ReleaseAnswer.Granted granted)
    {
        // A name of a step may hold a value, and the record of the run is no place for one (MSK-7).
        using var values = SecretMatcher.Build(granted.Variables.Select(v => new GateSecret(v.Name, v.Value)));
        foreach (var reference in JobReferences.Of(job, granted.Variables, job.Workflow.Parts.Clock.GetUtcNow()))
            _references[(reference.Owner, reference.Variable)] = reference with { Job = MaskedText.Of(values, reference.Job), Step = MaskedText.Of(values, reference.Step) };
        return new JobGrant.Given(
            [.. granted.Variables.Select(v => new JobSecret(v.Name, v.Value, v.Origin, v.Steps))],
            [.. granted.SshKeys.Select(k => new JobSshKey(k.Fingerprints, k.Host, k.Value))]);
    }

    private static JobGrant.Refused Refuse(ReleaseAnswer.Denied denied, string project)
    {
        var first = denied.Reasons[0];
        return new JobGrant.Refused(denied.IsMissing ? JobOutcome.Failed : JobOutcome.Unauthorized, $"{first.Sentence} {first.WhoCanChange}{HowTo(first, project)} ({first.Code})");
    }

    // Decisions are made for servers too, and know no commands. Which one is told by the sentence: a context may have the name that stands for a project's own secrets.
    private static string HowTo(Reason reason, string project)
    {
        if (reason.Code == DenialCodes.Of(DenialReason.ForkWithoutSecrets))
            return $" That is: ringfence project allow {ShownText.ShellWord(project)} --forks.";
        if (reason.Code != DenialCodes.Of(DenialReason.SshWithoutSecrets))
            return "";
        return reason.Sentence.Contains($"the context '{reason.Owner}'", StringComparison.Ordinal)
            ? $" That is: ringfence context allow {ShownText.ShellWord(reason.Owner)} --ssh."
            : $" That is: ringfence project allow {ShownText.ShellWord(project)} --ssh.";
    }

    private async Task<KeepProcess> KeepAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            // INC-15, before the first value comes.
            if (_keep is null && !HideMemory())
                throw new KeepException("This process cannot keep its memory out of core dumps, so it takes no secrets. Run without secrets: --no-secrets.");
            return _keep ??= await access.OpenAsync(cancel);
        }
        finally
        {
            _one.Release();
        }
    }
}
