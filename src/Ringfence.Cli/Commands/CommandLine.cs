using System.CommandLine;
using System.CommandLine.Invocation;
using Ringfence.Cli.Diagnostics;
using Ringfence.Primitives;

namespace Ringfence.Cli.Commands;

/// <summary>Runs one command line from arguments to exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs it. Only a bug makes it print a stack trace.</summary>
    public static async Task<ExitCode> Run(IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken cancel)
    {
        var exit = await Invoke(arguments, surroundings, cancel);
        try
        {
            await surroundings.Out.FlushAsync(cancel);
            await surroundings.Error.FlushAsync(cancel);
        }
        catch (IOException)
        {
            // The reader has gone, as `head` does; there is nobody to tell.
            return exit == ExitCode.Success ? ExitCode.CannotWrite : exit;
        }

        return exit;
    }

    private static async Task<ExitCode> Invoke(IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken cancel)
    {
        var parsed = CommandTree.Create(surroundings).Parse(arguments);
        if (parsed.Action is ParseErrorAction)
            return ReportArguments(parsed, surroundings);

        try
        {
            var configuration = new InvocationConfiguration { Output = surroundings.Out, Error = surroundings.Error, EnableDefaultExceptionHandler = false };
            if (parsed.CommandResult.Command is DocumentedCommand { TakesInterrupts: true })
                configuration.ProcessTerminationTimeout = null;
            return (ExitCode)await parsed.InvokeAsync(configuration, cancel);
        }
        catch (OperationCanceledException)
        {
            await surroundings.Error.WriteLineAsync("Canceled.");
            return ExitCode.Canceled;
        }
        catch (IOException e) when (e.InnerException is System.Net.Sockets.SocketException || IsBrokenPipe(e))
        {
            return ExitCode.CannotWrite;
        }
#pragma warning disable CA1031 // The edge of the process: whatever comes here is a bug and is shown whole.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await surroundings.Error.WriteLineAsync($"This is a bug in Ringfence. Please report it with the following lines.\n{e}");
            return ExitCode.InternalError;
        }
    }

    private static ExitCode ReportArguments(ParseResult parsed, Surroundings surroundings)
    {
        var command = CommandTree.FullName(parsed.CommandResult.Command);
        var hint = $"See '{command} --help'.";
        DiagnosticReport.Write(parsed.Errors.Select(e => new Diagnostic(InputCodes.BadArgument, SourceSpan.None, e.Message, hint)).Take(1), surroundings);
        return ExitCode.InvalidInput;
    }

    private static bool IsBrokenPipe(IOException e) => e.Message.Contains("Broken pipe", StringComparison.Ordinal);
}
