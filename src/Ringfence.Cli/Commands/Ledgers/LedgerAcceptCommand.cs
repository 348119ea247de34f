using System.CommandLine;
using System.Globalization;
using Ringfence.Cli.Commands.Keeps;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Secrets;
using Ringfence.Keep.Asking;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Primitives;

namespace Ringfence.Cli.Commands.Ledgers;

/// <summary><c>ringfence ledger accept</c>: goes on from an older copy of the keep that was put back on purpose.</summary>
internal static class LedgerAcceptCommand
{
    private const int ShownOfHash = 12;

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("accept", "Go on from an older ledger, after the keep was restored from a backup on purpose.")
        {
            Examples = ["ringfence ledger accept"],
            Notes = "This machine remembers how far the ledger had come: in a file beside the keep's folder, and in the records of runs. Until a person\n"
                + "accepts a ledger that lacks some of that, no job gets secrets and nothing is changed. All that was decided in the missing entries is lost with them:\n"
                + "restrictions, fences, new values. Look at 'ringfence context list' and 'ringfence secret list' before jobs run again.",
        };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        command.Add(yes);
        command.SetAction((parsed, cancel) => SecretWork.DoAsync(surroundings, work => AcceptAsync(work, parsed.GetValue(yes), cancel)));
        return command;
    }

    private static async Task<ExitCode> AcceptAsync(SecretWork work, bool isConfirmed, CancellationToken cancel)
    {
        if (!work.Folder.Exists)
            throw new KeepException("There is no keep on this machine, so there is no ledger.");
        if (work.Folder.WhatIsGone is { } gone)
            throw new KeepException(gone);
        var (remembered, damage) = Remembered(work.Folder);
        var older = OlderLedger.Find(work.Folder, [.. remembered, .. work.HeadsOfRuns()]) with { IsMemoryDamaged = damage is not null };
        if (older.Lacking.IsEmpty && damage is null)
        {
            work.Say("The ledger has all that this machine remembers of it: there is nothing to accept.");
            return ExitCode.Success;
        }

        if (!isConfirmed)
            work.Confirm([.. Sentences(work, older, damage)], "If that is meant, say it again with --yes.");
        KeepWork.Guard(work);
        using var opener = await work.Keep.OpenerAsync(cancel);
        await older.AcceptAsync(work.Folder, opener, work.Surroundings.Clock, cancel);
        work.Say(string.Create(CultureInfo.InvariantCulture, $"The ledger goes on from entry {older.Head.Number}; that stands in it. Restrictions, fences and values are those of {When(older)}."));
        DiagnosticReport.Write(StoredSecrets.Read(work.Folder).Warnings.Select(w => new Diagnostic(SecretCodes.Suspicious, SourceSpan.None, w, "Bring back a copy of that folder from the same time.")), work.Surroundings);
        return ExitCode.Success;
    }

    private static (IEnumerable<LedgerHead> Heads, string? Damage) Remembered(KeepFolder folder)
    {
        try
        {
            return (folder.Memory.Heads().Select(known => known.Head), null);
        }
        catch (LedgerException e)
        {
            return ([], e.Message);
        }
    }

    private static IEnumerable<string> Sentences(SecretWork work, OlderLedger older, string? damage)
    {
        if (damage is not null)
            yield return damage;
        yield return string.Create(CultureInfo.InvariantCulture, $"The ledger in {work.Folder.Path} ends at entry {older.Head.Number}, of {When(older)}.");
        if (!older.Lacking.IsEmpty)
            yield return string.Create(CultureInfo.InvariantCulture, $"It has had the entry {older.Lacking[0].Number} ({older.Lacking[0].Hash[..ShownOfHash]}…), which is not in it. What was decided in entries that it lacks is lost: secrets may be open to jobs that were shut out, and have values that were replaced.");
    }

    private static string When(OlderLedger older) => older.At?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "no time";
}
