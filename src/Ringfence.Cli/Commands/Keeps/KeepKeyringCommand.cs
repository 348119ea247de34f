using System.CommandLine;
using Ringfence.Sealing.Keys;

namespace Ringfence.Cli.Commands.Keeps;

/// <summary><c>ringfence keep keyring</c>.</summary>
internal static class KeepKeyringCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("keyring", "Protect the keys of the keep by a key that lies in the desktop's keyring.")
        {
            Examples = ["ringfence keep keyring", "ringfence keep passphrase"],
            Notes = "The keyring (GNOME's, KDE's or another that speaks freedesktop's Secret Service) is asked through secret-tool whenever the keep starts; no passphrase is typed.\n"
                + "An unlocked keyring gives its entries to every program of your session: it protects the keys in copies of the disk and while you are logged out.\n"
                + "A lost keyring means lost secrets, unless there is a backup of the keys. 'ringfence keep passphrase' takes the keys out of the keyring again.",
        };
        command.SetAction((_, cancel) => KeepWork.DoAsync(surroundings, async (work, keys) =>
        {
            var before = KeyFile.KeyringEntry(work.Folder.KeyFile);
            var entry = await keys.ProtectByKeyringAsync(surroundings.Keyring(), cancel);
            await KeepWork.ForgetAsync(work, before);
            work.Say($"The keys are protected by the entry {entry} of the keyring. Back them up: without the keyring nothing else opens them.");
        }, cancel));
        return command;
    }
}
