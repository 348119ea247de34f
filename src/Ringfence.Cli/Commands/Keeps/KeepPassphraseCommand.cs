using System.CommandLine;
using Ringfence.Cli.Secrets;
using Ringfence.Sealing.Keys;

namespace Ringfence.Cli.Commands.Keeps;

/// <summary><c>ringfence keep passphrase</c>.</summary>
internal static class KeepPassphraseCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("passphrase", "Protect the keys of the keep by a passphrase, by another one, or by none.")
        {
            Examples = ["ringfence keep passphrase", "ringfence keep passphrase --new-passphrase-fd 4 4< passphrase.txt"],
            Notes = $"From then on it is asked for whenever the keep starts, or read from the file that {KeepAccess.PassphraseVariable} names.\nA lost passphrase means lost secrets, unless there is a backup of the keys.\nWhere the keyring held what opens them (ringfence keep keyring), it no longer does.",
        };
        var next = NewPassphrase.AddTo(command);
        command.SetAction((parsed, cancel) => KeepWork.DoAsync(surroundings, async (work, keys) =>
        {
            using var passphrase = next.Read(parsed, "New passphrase of the keep", surroundings);
            var entry = KeyFile.KeyringEntry(work.Folder.KeyFile);
            await keys.ProtectAsync(passphrase, cancel);
            await KeepWork.ForgetAsync(work, entry);
            work.Say(passphrase is null ? "Only the mode of their file guards the keys now." : "The keys are protected by the new passphrase.");
        }, cancel));
        return command;
    }
}
