using System.CommandLine;
using System.Globalization;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Secrets;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Primitives;

namespace Ringfence.Cli.Commands.Ledgers;

/// <summary><c>ringfence ledger export</c>.</summary>
internal static class LedgerExportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("export", "Write the ledger to a file for others to check: one JSON object a line, and the public key beside it.")
        {
            Examples = ["ringfence ledger export ledger-2026.jsonl"],
            Notes = "Each line has the id of the signing key, the hash that the next entry links to, the signature (Ed25519, Base64), and the\n"
                + "entry. The signature is over the bytes of the entry as they stand there. FILE.pub holds the public key in Base64.",
        };
        var file = new Argument<string>("FILE") { Description = "The file; an existing one is replaced." };
        command.Add(file);
        command.SetAction((parsed, _) => SecretWork.DoAsync(surroundings, work => Task.FromResult(Export(work, parsed.GetRequiredValue(file)))));
        return command;
    }

    private static ExitCode Export(SecretWork work, string file)
    {
        var reading = StoredSecrets.ReadLedger(work.Folder);
        var keys = work.Folder.ReadPublicKeys();
        using var lines = new MemoryStream();
        var count = LedgerExport.Write(Ledger.PathIn(work.Folder.Path), keys?.Signing.Id, lines);
        if (!OutputFile.TryWrite(file, lines.GetBuffer().AsSpan(0, (int)lines.Length), work.Surroundings)
            || (keys is not null && !OutputFile.TryWrite($"{file}.pub", System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(keys.Value.Signing.Bytes.Span) + "\n"), work.Surroundings)))
            return ExitCode.CannotWrite;
        work.Say(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "entry" : "entries")} written to {file}{(keys is null ? "" : $", the key {keys.Value.Signing.Id} to {file}.pub")}. The head is {reading.Head}."));
        DiagnosticReport.Write(reading.Problems.Select(p => new Diagnostic(SecretCodes.Suspicious, SourceSpan.None, p.Text, "'ringfence ledger verify' shows more.")), work.Surroundings);
        return reading.Problems.Any(p => p.Kind != LedgerProblemKind.Unfinished) ? ExitCode.Tampered : ExitCode.Success;
    }
}
