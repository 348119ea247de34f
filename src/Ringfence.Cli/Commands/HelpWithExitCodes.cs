using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Ringfence.Cli.Commands;

/// <summary>The usual help, followed by notes, examples and the exit codes.</summary>
internal sealed class HelpWithExitCodes(HelpAction usual) : SynchronousCommandLineAction
{
    private const int Width = 100;

    private static readonly IReadOnlyList<(ExitCode Code, string Meaning)> Meanings =
    [
        (ExitCode.Success, "done"),
        (ExitCode.InternalError, "a bug in Ringfence"),
        (ExitCode.InvalidInput, "the config, an orb, a file or an argument is not valid"),
        (ExitCode.CannotWrite, "a result could not be written"),
        (ExitCode.PipelineFailed, "the pipeline ran, and not all of it succeeded"),
        (ExitCode.Unavailable, "what is needed to run jobs or to open secrets is not on this machine"),
        (ExitCode.Tampered, "the ledger or what is stored was changed behind the keep's back"),
        (ExitCode.Canceled, "stopped from outside"),
    ];

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        usual.MaxWidth = Width;
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is DocumentedCommand documented)
        {
            if (documented.Notes.Length > 0)
                output.Write(documented.Notes + "\n\n");
            output.Write("Examples:\n");
            foreach (var example in documented.Examples)
                output.Write($"  {example}\n");
            output.Write('\n');
        }

        output.Write("Exit codes:\n");
        foreach (var (code, meaning) in Meanings)
            output.Write($"  {(int)code,-4} {meaning}\n");
        return (int)ExitCode.Success;
    }
}
