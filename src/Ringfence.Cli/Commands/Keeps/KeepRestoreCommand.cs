using System.CommandLine;
using Ringfence.Cli.Secrets;
using Ringfence.Keep.Serving;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Keys;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Cli.Commands.Keeps;

/// <summary><c>ringfence keep restore</c>.</summary>
internal static class KeepRestoreCommand
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("restore", "Put the keys of a backup in place of lost ones.")
        {
            Examples = ["ringfence keep restore /media/safe/keep.key"],
            Notes = "They have to be the keys that sign the ledger of this machine and open what is stored: a backup from before\nthe last 'ringfence keep rotate' does not. The passphrase of the backup protects them from then on, also where the keyring did before.",
        };
        var file = new Argument<string>("FILE") { Description = "The backup." };
        var yes = new Option<bool>("--yes") { Description = "Replace the keys that are there without asking." };
        command.Add(file);
        command.Add(yes);
        command.SetAction((parsed, cancel) => SecretWork.DoAsync(surroundings, async work =>
        {
            KeepWork.Guard(work);
            var path = surroundings.FullPath(parsed.GetRequiredValue(file));
            using var opener = await work.Keep.OpenerAsync(path, "Passphrase of the backup: ", cancel);
            if (work.Folder.HasKeys && !parsed.GetValue(yes))
                work.Confirm([$"The keys in {work.Folder.Path} are replaced by those of {path}."], "Say it again with --yes.");
            Directory.CreateDirectory(work.Folder.Path, OwnerOnly);
            var before = EntryOf(work.Folder);
            var whyNotRecorded = await new KeyChanges(work.Folder, opener, surroundings.Clock).RestoreAsync(path, cancel);
            if (before != EntryOf(work.Folder))
                await KeepWork.ForgetAsync(work, before);
            using var requester = SigningKeyFile.ReadOrCreate(work.RequesterKey);
            work.Folder.Admit(requester.Public);
            work.Say($"The keep in {work.Folder.Path} has the keys of {path} again. 'ringfence ledger verify' tells whether anything was changed meanwhile.");
            if (whyNotRecorded is not null)
                work.Say($"That is not in the ledger. {whyNotRecorded}");
            return ExitCode.Success;
        }));
        return command;
    }

    private static string? EntryOf(KeepFolder folder)
    {
        try
        {
            return KeyFile.KeyringEntry(folder.KeyFile);
        }
        catch (SealingException)
        {
            // Lost or damaged: that is why there is a backup.
            return null;
        }
    }
}
