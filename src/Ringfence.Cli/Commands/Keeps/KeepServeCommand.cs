using System.CommandLine;
using Ringfence.Cli.Secrets;
using Ringfence.Keep.Ledgers;
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
        var expect = new Option<string[]>("--expect") { DefaultValueFactory = static _ => [] };
        command.Add(vault);
        command.Add(expect);
        command.Validators.Add(result =>
        {
            if (result.GetValue(expect)!.Any(text => LedgerHead.Parse(text) is null))
                result.AddError("--expect is a head of a ledger.");
        });
        command.SetAction(async (parsed, cancel) =>
        {
            var output = Console.OpenStandardOutput();
            var keep = new KeepFolder(parsed.GetValue(folder)!, parsed.GetValue(vault)!) { HeadsOfRuns = [.. parsed.GetValue(expect)!.Select(LedgerHead.Parse).OfType<LedgerHead>()] };
            await KeepLoop.RunAsync(keep, surroundings.In, output, surroundings.Keyring(), surroundings.Clock, cancel);
            return (int)ExitCode.Success;
        });
        return command;
    }
}
