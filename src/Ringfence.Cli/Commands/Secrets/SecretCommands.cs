using System.CommandLine;

namespace Ringfence.Cli.Commands.Secrets;

/// <summary><c>ringfence secret</c>: stores secrets, and says what is known of them.</summary>
internal static class SecretCommands
{
    /// <summary>Makes the commands.</summary>
    public static Command Create(Surroundings surroundings) => new("secret", "Store secrets of contexts and projects, and see what is known of them. Values go in and never come out.")
    {
        SecretSetCommand.Create(surroundings, rotates: false),
        SecretSetCommand.Create(surroundings, rotates: true),
        SecretListCommand.Create(surroundings),
        SecretRemoveCommand.Create(surroundings),
        SecretOwnerCommand.Create(surroundings),
        SecretImportCommand.Create(surroundings),
        SecretFenceCommand.Create(surroundings),
        SecretReferencesCommand.Create(surroundings),
    };
}
