using System.CommandLine;
using System.Globalization;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Secrets;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Primitives;

namespace Ringfence.Cli.Commands.Ledgers;

/// <summary><c>ringfence ledger verify</c>: is everything as the keep wrote it?</summary>
internal static class LedgerVerifyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("verify", "Check every signature and link of the ledger, and whether what is stored is what it says.")
        {
            Examples = ["ringfence ledger verify", "ringfence ledger verify --expect 17:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
            Notes = "A file beside the keep's folder and the records of runs have heads, and are asked. It prints the head, which says how far the ledger has come. Keep heads\n"
                + $"somewhere else too: whoever has this machine can cut the ledger off or write it anew, and only a head that is kept elsewhere shows it. Exit code {(int)ExitCode.Tampered} means that something was changed.",
        };
        var expect = new Option<string[]>("--expect") { Description = "A head that was kept elsewhere; may be repeated.", HelpName = "HEAD", DefaultValueFactory = static _ => [] };
        command.Add(expect);
        command.SetAction((parsed, _) => SecretWork.DoAsync(surroundings, work => Task.FromResult(Verify(work, parsed.GetValue(expect)!))));
        return command;
    }

    private static ExitCode Verify(SecretWork work, string[] expected)
    {
        var witnesses = expected.Select(text => LedgerHead.Parse(text.Trim())
            ?? throw new SecretRefusedException(InputCodes.BadArgument, $"'{text}' is no head of a ledger.", "A head is a number, a colon and 64 hex digits, as 'ringfence ledger verify' prints it.")).ToList();
        if (!work.Folder.Exists && witnesses.Count == 0 && !File.Exists(Ledger.PathIn(work.Folder.Path)))
        {
            work.Say("There is no keep on this machine, so there is no ledger.");
            return ExitCode.Success;
        }

        var keys = work.Folder.ReadPublicKeys();
        var reading = LedgerReader.ReadIn(work.Folder.Path, keys?.Signing, [.. work.Folder.Memory.Heads().Select(known => known.Head), .. witnesses, .. work.HeadsOfRuns()]);
        var problems = reading.Problems.Select(p => new Diagnostic(p.Kind == LedgerProblemKind.Unfinished ? SecretCodes.Suspicious : SecretCodes.Tampered, SourceSpan.None, p.Text)).ToList();
        if (keys is null)
            problems.Add(new Diagnostic(SecretCodes.Tampered, SourceSpan.None, $"{work.Folder.PublicKeyFile} holds no public keys, so no signature could be checked.", "'ringfence keep restore' writes it anew from a backup."));

        // What is wrong with the ledger itself was told above, signature by signature.
        if (problems.Count == 0)
            problems.AddRange(StoredSecrets.Read(work.Folder).Warnings.Select(w => new Diagnostic(SecretCodes.Tampered, SourceSpan.None, w)));
        DiagnosticReport.Write(problems, work.Surroundings);
        if (problems.Any(p => p.Severity == DiagnosticSeverity.Error))
            return ExitCode.Tampered;
        work.Say(string.Create(CultureInfo.InvariantCulture, $"The ledger has {reading.Entries.Length} entries, each signed by {keys!.Value.Signing.Id}. Nothing was changed, and what is stored is what it says. Its head:"));
        work.Surroundings.Out.Write($"{reading.Head}\n");
        return ExitCode.Success;
    }
}
