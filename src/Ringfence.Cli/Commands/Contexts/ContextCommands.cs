using System.CommandLine;

namespace Ringfence.Cli.Commands.Contexts;

/// <summary><c>ringfence context</c>: looks after contexts and who may use them.</summary>
internal static class ContextCommands
{
    /// <summary>Makes the commands.</summary>
    public static Command Create(Surroundings surroundings) => new("context", "Look after contexts: named sets of secrets, and which jobs may use them.")
    {
        ContextCreateCommand.Create(surroundings),
        ContextListCommand.Create(surroundings),
        ContextShowCommand.Create(surroundings),
        ContextDeleteCommand.Create(surroundings),
        RestrictCommand.OfContexts(surroundings),
        UnrestrictCommand.OfContexts(surroundings),
        AllowCommand.OfContexts(surroundings),
        AllowCommand.NotOfContexts(surroundings),
    };
}
