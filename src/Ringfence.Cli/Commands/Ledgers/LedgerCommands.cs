using System.CommandLine;

namespace Ringfence.Cli.Commands.Ledgers;

/// <summary><c>ringfence ledger</c>: what the keep has recorded.</summary>
internal static class LedgerCommands
{
    /// <summary>Makes the commands.</summary>
    public static Command Create(Surroundings surroundings) => new("ledger", "Read what the keep has recorded: every grant, every denial, every change.")
    {
        LedgerShowCommand.Create(surroundings),
        LedgerVerifyCommand.Create(surroundings),
        LedgerAcceptCommand.Create(surroundings),
        LedgerExportCommand.Create(surroundings),
        BlastRadiusCommand.Create(surroundings),
    };
}
