using System.CommandLine;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Secrets;

namespace Ringfence.Cli.Commands.Keeps;

/// <summary><c>ringfence keep backup</c>.</summary>
internal static class KeepBackupCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("backup", "Write the keys of the keep to a file, under a passphrase of its own.")
        {
            Examples = ["ringfence keep backup /media/safe/keep.key"],
            Notes = "Whoever has the file and its passphrase can open every secret: keep it away from this machine and from the sealed secrets.\nThe backup holds the keys only. The sealed secrets and the ledger may lie in any other backup ('ringfence keep status' tells where).",
        };
        var file = new Argument<string>("FILE") { Description = "A new file." };
        command.Add(file);
        var protection = NewPassphrase.AddTo(command);
        command.SetAction((parsed, cancel) => KeepWork.DoAsync(surroundings, async (work, keys) =>
        {
            var path = surroundings.FullPath(parsed.GetRequiredValue(file));
            if (Path.Exists(path))
                throw new SecretRefusedException(InputCodes.BadArgument, $"{path} is there already.", "Name a new file: a backup overwrites nothing.");
            using var passphrase = protection.Read(parsed, "Passphrase of the backup", surroundings);
            await keys.BackUpAsync(path, passphrase, cancel);
            work.Say($"The keys were written to {path}, {(passphrase is null ? "protected by nothing but the mode of the file" : "protected by its passphrase")}. Store it away from this machine.");
        }, cancel));
        return command;
    }
}
