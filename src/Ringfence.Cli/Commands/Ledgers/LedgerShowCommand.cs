using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Output;
using Ringfence.Cli.Secrets;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Primitives;

namespace Ringfence.Cli.Commands.Ledgers;

/// <summary><c>ringfence ledger show</c>.</summary>
internal static class LedgerShowCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("show", "Print the entries of the ledger, the oldest first.")
        {
            Examples = ["ringfence ledger show --since 7d", "ringfence ledger show --kind denial", "ringfence ledger show --format json"],
            Notes = $"Kinds: {string.Join(", ", Enum.GetValues<LedgerKind>().Where(k => k != LedgerKind.None).Select(KindOption.Word).Chunk(8).Select(words => string.Join(", ", words)).Aggregate((a, b) => $"{a},\n{b}"))}.",
        };
        var since = TimeOption.Since(surroundings.Clock, "Only entries from this time on.");
        var kind = KindOption.Create();
        var format = FormatOption.Of("text", "json");
        command.Add(since);
        command.Add(kind);
        command.Add(format);
        command.SetAction((parsed, _) => SecretWork.DoAsync(surroundings, work =>
        {
            var reading = StoredSecrets.ReadLedger(work.Folder);
            DiagnosticReport.Write(reading.Problems.Select(p => new Diagnostic(SecretCodes.Suspicious, SourceSpan.None, p.Text, "'ringfence ledger verify' shows more.")), surroundings);
            IReadOnlyList<LedgerEntry> entries = [.. reading.Entries.Where(e => e.At >= (parsed.GetValue(since) ?? default) && (parsed.GetValue(kind) is not { } wanted || KindOption.Word(e.Kind) == wanted))];
            if (parsed.GetValue(format) is "json")
                surroundings.Out.Write(JsonSerializer.Serialize(entries, CliJson.Readable.IReadOnlyListLedgerEntry) + "\n");
            else
                Write(entries, surroundings);
            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }

    private static void Write(IReadOnlyList<LedgerEntry> entries, Surroundings surroundings)
    {
        if (entries.Count == 0)
        {
            surroundings.Error.Write("The ledger has no such entries.\n");
            return;
        }

        var table = new StyledTable("N", "AT", "WHAT", "BY", "ABOUT", "MORE") { Numbers = [0] };
        foreach (var entry in entries)
        {
            table.Add(
                entry.Number.ToString(CultureInfo.InvariantCulture),
                entry.At.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                KindOption.Word(entry.Kind),
                DisplayText.Escape(entry.By),
                DisplayText.Escape(About(entry)),
                DisplayText.Escape(More(entry)));
        }

        StyledTextWriter.Write(table.Draw(), surroundings.Out, surroundings.OutTraits);
    }

    private static string About(LedgerEntry entry) => entry.Job is { } job
        ? string.Create(CultureInfo.InvariantCulture, $"{job.Project} #{job.Pipeline} {job.Name}")
        : entry.OwnerName;

    private static string More(LedgerEntry entry) => string.Join("; ", (string[])
    [
        .. entry.Variables.IsEmpty ? Array.Empty<string>() : [string.Join(", ", entry.Variables.Select(v => entry.Job is null || v.OwnerName.Length == 0 ? v.Name : $"{v.Name} of {v.OwnerName}"))],
        .. entry.Reasons.Select(r => r.Owner.Length > 0 ? $"{r.Owner}: {r.Text}" : r.Text),
        .. entry.Text.Length > 0 ? [entry.Text] : Array.Empty<string>(),
    ]);
}
