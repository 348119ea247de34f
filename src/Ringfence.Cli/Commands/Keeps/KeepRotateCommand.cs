using System.CommandLine;
using System.Globalization;

namespace Ringfence.Cli.Commands.Keeps;

/// <summary><c>ringfence keep rotate</c>.</summary>
internal static class KeepRotateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("rotate", "Seal every secret to a new key of the keep, and forget the old key.")
        {
            Examples = ["ringfence keep rotate"],
            Notes = "No value leaves the process. An interrupted rotation goes on when it is begun again.\nBackups of the keys that were made before open nothing that is sealed from then on: make a new one.",
        };
        command.SetAction((_, cancel) => KeepWork.DoAsync(surroundings, async (work, keys) =>
        {
            var count = await keys.RotateAsync(cancel);
            work.Say(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "secret was" : "secrets were")} sealed to the new key {work.Folder.ReadPublicKeys()?.Sealing.Id}. Back the keys up again."));
        }, cancel));
        return command;
    }
}
