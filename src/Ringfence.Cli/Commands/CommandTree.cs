using System.CommandLine;
using System.CommandLine.Help;
using Ringfence.Cli.Commands.Contexts;
using Ringfence.Cli.Commands.Keeps;
using Ringfence.Cli.Commands.Ledgers;
using Ringfence.Cli.Commands.Projects;
using Ringfence.Cli.Commands.Secrets;
using Ringfence.Cli.Commands.SshKeys;

namespace Ringfence.Cli.Commands;

/// <summary>All commands of the program, by name.</summary>
internal static class CommandTree
{
    /// <summary>Makes the tree for one run.</summary>
    public static Command Create(Surroundings surroundings) =>

        // Not a RootCommand: that one takes its name from the process, which need not be ours.
        new("ringfence", "Ringfence runs CircleCI configs on your own machines and keeps their secrets.")
        {
            new HelpOption { Action = new HelpWithExitCodes(new HelpAction()) },
            new VersionOption(),
            RunCommand.Create(surroundings),
            RerunCommand.Create(surroundings),
            ShellCommand.Create(surroundings),
            new Command("config", "Check, compile, draw and pack configs.")
            {
                ValidateCommand.Create(surroundings),
                ProcessCommand.Create(surroundings),
                GraphCommand.Create(surroundings),
                PackCommand.Create(surroundings),
            },
            new Command("orb", "Keep orbs on this machine.")
            {
                OrbAddCommand.Create(surroundings),
                OrbListCommand.Create(surroundings),
                OrbRemoveCommand.Create(surroundings),
                OrbLockCommand.Create(surroundings),
            },
            new Command("cache", "Look after the caches that jobs have saved on this machine.")
            {
                CacheListCommand.Create(surroundings),
                CacheRemoveCommand.Create(surroundings),
                CachePruneCommand.Create(surroundings),
            },
            SecretCommands.Create(surroundings),
            SshKeyCommands.Create(surroundings),
            ContextCommands.Create(surroundings),
            ProjectCommands.Create(surroundings),
            KeepCommands.Create(surroundings),
            LedgerCommands.Create(surroundings),
            DoctorCommand.Create(surroundings),
        };

    /// <summary>A command as the user types it: <c>ringfence config validate</c>.</summary>
    public static string FullName(Command command)
    {
        var names = new List<string>();
        for (Symbol? next = command; next is Command named; next = named.Parents.FirstOrDefault())
            names.Add(named.Name);
        names.Reverse();
        return string.Join(' ', names);
    }
}
