using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ringfence.Gate;
using Ringfence.Gate.Archives;
using Ringfence.Gate.Logs;
using Ringfence.Gate.Policies;
using Ringfence.Primitives;
using Ringfence.Runner.Jobs;

namespace Ringfence.Runner.Secrets;

/// <summary>The gate of one attempt of one job: everything that leaves it passes here. Without secrets there is nothing to look for, and it only passes things on.</summary>
internal sealed class JobGate : IDisposable
{
    /// <summary>How many values the steps of a job may add.</summary>
    public const int MostAdded = 100;

    private const int MostNotes = 10;

    private readonly GatePolicy _policy;
    private readonly ConcurrentBag<SecretMatcher> _earlier = [];
    private volatile SecretMatcher _matcher;
    private readonly Lock _switching = new();
    private int _added;
    private readonly TimeProvider _clock;
    private readonly Func<JobEvent, ValueTask> _report;
    private readonly ConcurrentDictionary<int, MaskedLog> _logs = [];
    private readonly ConcurrentDictionary<int, string> _names = [];
    private readonly ConcurrentQueue<CaughtSecret> _caught = [];
    private readonly ConcurrentQueue<string> _notes = [];

    public JobGate(JobAssignment assignment, GatePolicy policy, TimeProvider clock, Func<JobEvent, ValueTask> report)
    {
        _matcher = SecretMatcher.Build(assignment.Secrets.Select(s => new GateSecret(s.Name, s.Value)).Concat(assignment.SshKeys.Select(k => new GateSecret(k.Name, k.Value))));
        (_policy, _clock, _report) = (policy, clock, report);
    }

    /// <summary>The values that it cannot look for, with the reasons.</summary>
    public ImmutableArray<UnmaskedSecret> Unmasked => _matcher.Unmasked;

    /// <summary>What it found, grouped by place.</summary>
    public ImmutableArray<CaughtSecret> Caught =>
    [
        .. from caught in _caught
           group caught by (caught.Variable, caught.Form, caught.Exit, caught.Place, caught.Action) into same
           select same.First() with { Count = same.Sum(c => c.Count) },
    ];

    private GateScan Scan => new(_matcher, ScanLimits.Default);

    private bool PassesEverything => _matcher.IsEmpty;

    /// <summary>Takes what happens in the job, and passes it on masked.</summary>
    public async ValueTask ReportAsync(JobEvent happened)
    {
        if (happened is JobEvent.Started { Step: var step })
            _names[step.Step] = step.Name;
        if (PassesEverything || _policy.At(GateExit.Log) == GateAction.Allow)
        {
            await _report(happened).ConfigureAwait(false);
            return;
        }

        switch (happened)
        {
            case JobEvent.Started started:
                await _report(new JobEvent.Started(started.Step with { Name = Masked(started.Step.Name), Command = Masked(started.Step.Command) })).ConfigureAwait(false);
                break;
            case JobEvent.Printed printed:
                await LogOf(printed.Step).WriteAsync(printed.Bytes).ConfigureAwait(false);
                break;
            case JobEvent.Ended ended:
                if (_logs.TryRemove(ended.Step.Step, out var log))
                    await EndAsync(ended.Step.Step, log).ConfigureAwait(false);
                await _report(ended).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Looks for one more value from now on, as a step has asked for (MSK-6). One call at a time.</summary>
    /// <returns>Nothing once everything that is reported afterwards is masked; otherwise why the value is not looked for, in one sentence.</returns>
    public async ValueTask<string?> AddAsync(ReadOnlyMemory<byte> value)
    {
        if (_added == MostAdded)
            return $"The steps of a job may add {MostAdded} values, and they have: mask fewer.";
        using var secret = new SecretValue(value.Span);
        var before = _matcher;
        var after = before.With([new GateSecret($"masked value {_added + 1}", secret)]);

        // Neither this value nor, for its sake, another one may go without a mask.
        if (after.Unmasked.Length > before.Unmasked.Length)
        {
            using (after)
                return after.Unmasked.Except(before.Unmasked).First().Reason;
        }

        _added++;
        _earlier.Add(before);
        lock (_switching)
            _matcher = after;
        foreach (var log in _logs.Values)
            await log.SwitchAsync(after).ConfigureAwait(false);
        return null;
    }

    /// <summary>Lets out what logs hold that nobody ended.</summary>
    public async Task EndAsync()
    {
        foreach (var step in _logs.Keys)
        {
            if (_logs.TryRemove(step, out var log))
                await EndAsync(step, log).ConfigureAwait(false);
        }
    }

    /// <summary>Lets somebody take content out of the job if no secret is in it.</summary>
    /// <param name="exit">Where it leaves.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="content">The content.</param>
    /// <param name="take">Takes it, and commits only at its end.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="GateRefusedException">A secret is in it.</exception>
    public async Task<T> PassAsync<T>(GateExit exit, string name, Stream content, Func<Stream, CancellationToken, Task<T>> take, CancellationToken cancel)
    {
        if (PassesEverything || _policy.At(exit) == GateAction.Allow)
            return await take(content, cancel).ConfigureAwait(false);
        var gated = new GatedStream(content, Scan, name, report => Judge(exit, report), cancel);
        await using (gated.ConfigureAwait(false))
        {
            var taken = await take(gated, cancel).ConfigureAwait(false);
            await gated.FinishAsync().ConfigureAwait(false);
            return taken;
        }
    }

    /// <summary>Looks at names that leave the job.</summary>
    /// <exception cref="GateRefusedException">A secret is in one.</exception>
    public void CheckNames(GateExit exit, IEnumerable<string> names)
    {
        if (!PassesEverything && _policy.At(exit) != GateAction.Allow)
            Judge(exit, Scan.ScanNames(names));
    }

    /// <summary>Looks at what was read out of something that leaves the job, such as the names of tests: it may be whole there although it was not before.</summary>
    /// <param name="exit">Where it leaves.</param>
    /// <param name="texts">The texts, and what each is called in messages.</param>
    /// <exception cref="GateRefusedException">A secret is in one.</exception>
    public void CheckTexts(GateExit exit, IEnumerable<(string Text, string Place)> texts)
    {
        if (!PassesEverything && _policy.At(exit) != GateAction.Allow)
            Judge(exit, Scan.ScanTexts(texts));
    }

    /// <summary>Looks at what a step has left for the next ones; only what is fenced may not be there.</summary>
    /// <returns>The names of fenced variables whose values are there and may not be.</returns>
    public async Task<ImmutableArray<string>> FindFencedAsync(ReadOnlyMemory<byte> residue, ImmutableArray<JobSecret> secrets, CancellationToken cancel)
    {
        var action = _policy.At(GateExit.BashEnv);
        if (PassesEverything || action is GateAction.Allow)
            return [];
        var fenced = secrets.Where(s => s.Steps is not null).Select(s => s.Name).ToImmutableHashSet(StringComparer.Ordinal);
        using var content = new MemoryStream(residue.ToArray(), writable: false);
        var report = await Scan.ScanAsync(content, "$BASH_ENV", cancel).ConfigureAwait(false);
        var found = report.Caught.Where(c => fenced.Contains(c.Secret)).ToImmutableArray();
        foreach (var caught in found)
            Note(GateExit.BashEnv, caught, action is GateAction.Warn ? "let through" : "refused");
        return action is GateAction.Warn ? [] : [.. found.Select(c => c.Secret).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether a text that is not to leave with secrets may be kept: it was looked through, and none is in it.</summary>
    public async Task<bool> IsCleanAsync(ReadOnlyMemory<byte> text, CancellationToken cancel)
    {
        using var content = new MemoryStream(text.ToArray(), writable: false);
        return PassesEverything || (await Scan.ScanAsync(content, "", cancel).ConfigureAwait(false)).IsClean;
    }

    public void Dispose()
    {
        foreach (var log in _logs.Values)
            log.Dispose();
        _matcher.Dispose();
        foreach (var matcher in _earlier)
            matcher.Dispose();
    }

    /// <summary>A short text with every secret replaced, for records and events, whatever the policy is at the exit that the text is about.</summary>
    public string Masked(string text) => MaskedText.Of(_matcher, text);

    /// <summary>A log is here with the newest matcher, or before that one comes.</summary>
    private MaskedLog LogOf(int step)
    {
        lock (_switching)
            return _logs.GetOrAdd(step, index => new MaskedLog(index, _matcher, _clock, _report));
    }

    private async Task EndAsync(int step, MaskedLog log)
    {
        using (log)
        {
            await log.CompleteAsync().ConfigureAwait(false);
            foreach (var caught in log.Caught)
                Note(GateExit.Log, caught with { Path = _names.GetValueOrDefault(step, "") }, "masked");
        }
    }

    /// <summary>What could not be searched since the last call, a sentence each. It has left the job all the same: a cache holds many a file that only its own program can read.</summary>
    public IEnumerable<string> TakeNotes()
    {
        while (_notes.TryDequeue(out var note))
            yield return note;
    }

    private void Judge(GateExit exit, ScanReport report)
    {
        foreach (var unknown in report.Unknown.Take(MostNotes))
            _notes.Enqueue($"Not searched for secrets to its end: {Masked(unknown.Path)}. {unknown.Reason}");
        if (report.Unknown.Length > MostNotes)
            _notes.Enqueue($"Nor were {report.Unknown.Length - MostNotes} more.");
        var action = report.Caught.IsEmpty ? GateAction.Allow : _policy.At(exit);
        foreach (var caught in report.Caught)
            Note(exit, caught, action is GateAction.Warn ? "let through" : "refused");
        if (action is not (GateAction.Refuse or GateAction.Mask))
            return;
        var first = report.Caught[0];
        var others = report.Caught.Length > 1 ? $" and {report.Caught.Length - 1} more" : "";
        throw new GateRefusedException($"Refused: the value of {first.Secret} ({first.Form}) is in {Masked(first.Path)} at byte {first.Offset}{others}. Nothing of this step was stored. Take the value out of the file, or let it pass: --gate warn, or the table [gate] of ringfence.toml.");
    }

    private void Note(GateExit exit, Caught caught, string action) =>
        _caught.Enqueue(new CaughtSecret(caught.Secret, caught.Form, NameOf(exit), Masked(caught.Path), caught.Offset, action));

    private static string NameOf(GateExit exit) => exit switch
    {
        GateExit.Log => "log",
        GateExit.Artifact => "artifacts",
        GateExit.Cache => "cache",
        GateExit.Workspace => "workspace",
        GateExit.TestResults => "test results",
        GateExit.BashEnv => "$BASH_ENV",
        GateExit.Continuation => "continuation",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
