using System.CommandLine;
using Ringfence.Cli.Secrets;
using Ringfence.Keep.Serving;

namespace Ringfence.Cli.Commands.Keeps;

/// <summary><c>ringfence keep serve</c>: is a keep, for the process that started it. Nobody types this.</summary>
internal static class KeepServeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new Command(KeepAccess.ServeCommand, "Answer the process at the other end of the standard streams.") { Hidden = true };
        var folder = new Option<string>("--folder") { Required = true };
        var vault = new Option<string>("--vault") { Required = true };
        command.Add(folder);
        command.Add(vault);
        command.SetAction(async (parsed, cancel) =>
        {
            var output = Console.OpenStandardOutput();
            await KeepLoop.RunAsync(new KeepFolder(parsed.GetValue(folder)!, parsed.GetValue(vault)!), surroundings.In, output, surroundings.Keyring(), surroundings.Clock, cancel);
            return (int)ExitCode.Success;
        });
        return command;
    }
}
