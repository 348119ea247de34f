using System.CommandLine;

namespace Ringfence.Cli.Commands.SshKeys;

/// <summary><c>ringfence ssh-key</c>: the additional SSH keys of projects (EX-7.61).</summary>
internal static class SshKeyCommands
{
    /// <summary>Makes the commands.</summary>
    public static Command Create(Surroundings surroundings) => new("ssh-key", "Look after the additional SSH keys of projects, which the step add_ssh_keys installs.")
    {
        SshKeyAddCommand.Create(surroundings),
        SshKeyListCommand.Create(surroundings),
        SshKeyRemoveCommand.Create(surroundings),
    };

    /// <summary>The option <c>--project</c>.</summary>
    public static Option<string?> ProjectOption() => new("--project") { Description = "The project, such as gh/acme/app; that of this folder when left out.", HelpName = "SLUG" };
}
