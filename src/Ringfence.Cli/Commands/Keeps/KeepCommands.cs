using System.CommandLine;

namespace Ringfence.Cli.Commands.Keeps;

/// <summary><c>ringfence keep</c>: looks after the keys.</summary>
internal static class KeepCommands
{
    /// <summary>Makes the commands.</summary>
    public static Command Create(Surroundings surroundings) => new("keep", "Look after the keep, which holds the keys that open secrets.")
    {
        KeepStatusCommand.Create(surroundings),
        KeepPassphraseCommand.Create(surroundings),
        KeepKeyringCommand.Create(surroundings),
        KeepRotateCommand.Create(surroundings),
        KeepBackupCommand.Create(surroundings),
        KeepRestoreCommand.Create(surroundings),
        KeepServeCommand.Create(surroundings),
    };
}
