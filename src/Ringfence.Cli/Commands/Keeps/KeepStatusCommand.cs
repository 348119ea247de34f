using System.CommandLine;
using System.Globalization;
using Ringfence.Cli.Output;
using Ringfence.Cli.Secrets;
using Ringfence.Keep.Asking;
using Ringfence.Keep.Serving;
using Ringfence.Sealing.Keys;

namespace Ringfence.Cli.Commands.Keeps;

/// <summary><c>ringfence keep status</c>.</summary>
internal static class KeepStatusCommand
{
    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("status", "Say where the keep is, what guards its keys, and what it looks after.")
        {
            Examples = ["ringfence keep status"],
            Notes = "It opens nothing and asks for no passphrase.",
        };
        command.SetAction((_, _) => SecretWork.DoAsync(surroundings, work =>
        {
            if (!work.Folder.Exists)
            {
                work.Say("There is no keep on this machine yet: 'ringfence context create' and 'ringfence secret set' make one.");
                return Task.FromResult(ExitCode.Success);
            }

            if (!work.Folder.HasKeys)
                throw new KeepException(work.Folder.WhatIsGone!);
            var stored = work.ReadStored();
            StyledTextWriter.Write(Draw(work, stored), surroundings.Out, surroundings.OutTraits);
            return Task.FromResult(stored.Warnings.IsEmpty ? ExitCode.Success : ExitCode.Tampered);
        }));
        return command;
    }

    private static StyledText Draw(SecretWork work, StoredSecrets stored)
    {
        var folder = work.Folder;
        var rows = Inventory.Of(stored, [], static _ => true, withRemoved: false);
        var keys = folder.ReadPublicKeys();
        var text = new StyledText();
        Add("keep", folder.Path);
        Add("secrets in", folder.VaultPath);
        Add("keys guarded by", Guards(folder));
        Add("sealing key", keys is { Sealing: var sealing } ? sealing.Id.ToString() : "its public half cannot be read");
        Add("signing key", keys is { Signing: var signing } ? signing.Id.ToString() : "its public half cannot be read");
        Add("contexts", Count(stored.Owners.Count(o => o.IsContext)));
        Add("projects", Count(stored.Owners.Count(o => !o.IsContext)));
        Add("secrets", string.Create(CultureInfo.InvariantCulture, $"{rows.Length}, {rows.Count(row => row.IsOverdue(work.Now))} overdue"));
        Add("ledger", string.Create(CultureInfo.InvariantCulture, $"{stored.Ledger.Entries.Length} entries, head {stored.Ledger.Head}"));
        return text;

        void Add(string what, string found) => text.Add(what.PadRight(17), Tone.Faint).Add(DisplayText.Escape(found)).EndLine();
    }

    private static string Guards(KeepFolder folder)
    {
        var isOpen = (File.GetUnixFileMode(folder.KeyFile) & OfOthers) != 0 || (File.GetUnixFileMode(folder.Path) & OfOthers) != 0;
        var guard = KeyFile.KeyringEntry(folder.KeyFile) is { } entry ? $"the desktop's keyring (entry {entry})" : KeyFile.NeedsPassphrase(folder.KeyFile) ? "a passphrase" : null;
        return (guard, isOpen) switch
        {
            (not null, false) => $"{guard}, and the mode of the file",
            (not null, true) => $"{guard}; others may reach the file",
            (null, false) => "the mode of the file only; 'ringfence keep passphrase' or 'keyring' protects them further",
            (null, true) => $"nothing: others may reach the file; 'chmod -R go= {folder.Path}'",
        };
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
