using System.CommandLine;
using System.CommandLine.Help;

namespace Ringfence.Cli.Commands;

/// <summary>All commands of the program, by name.</summary>
internal static class CommandTree
{
    /// <summary>Makes the tree for one run.</summary>
    public static RootCommand Create(Surroundings surroundings)
    {
        var root = new RootCommand("Ringfence runs CircleCI configs on your own machines and keeps their secrets.")
        {
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
        };
        foreach (var option in root.Options.OfType<HelpOption>())
            option.Action = new HelpWithExitCodes((HelpAction)option.Action!);
        return root;
    }

    /// <summary>A command as the user types it: <c>ringfence config validate</c>.</summary>
    public static string FullName(Command command)
    {
        var names = new List<string>();
        for (Symbol? next = command; next is Command named; next = named.Parents.FirstOrDefault())
            names.Add(named is RootCommand ? "ringfence" : named.Name);
        names.Reverse();
        return string.Join(' ', names);
    }
}
