using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Output;
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
            // Also what was said before it was canceled.
            await surroundings.Out.FlushAsync(CancellationToken.None);
        }
        catch (IOException e)
        {
            if (exit == ExitCode.Success)
                exit = await ReportLostOutput(e, surroundings);
        }

        try
        {
            await surroundings.Error.FlushAsync(CancellationToken.None);
        }
        catch (IOException)
        {
            // There is nobody to tell.
            return exit == ExitCode.Success ? ExitCode.CannotWrite : exit;
        }

        return exit;
    }

    // An argument that begins with @ is what it is: a branch, a value at the wrong place. No file is read for it.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    private static readonly string[] AboutSecrets = ["secret", "keep", "ssh-key"];

    /// <summary>An argument as it may be shown: of <c>NAME=value</c>, the name.</summary>
    public static string WithoutValue(string argument) => argument.IndexOf('=', StringComparison.Ordinal) is var cut and > 0 ? $"{argument[..cut]}=…" : argument;

    private static async Task<ExitCode> Invoke(IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken cancel)
    {
        var parsed = CommandTree.Create(surroundings).Parse(arguments, Parsing);
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
        catch (OutputLostException e)
        {
            return await ReportLostOutput(e, surroundings);
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
        var isAboutSecrets = command.Split(' ').Any(AboutSecrets.Contains);
        var hint = isAboutSecrets && parsed.UnmatchedTokens.Count > 0
            ? $"See '{command} --help'. If that was a value or a passphrase, it is in the history of the shell now: change it."
            : $"See '{command} --help'.";
        // A word that is no command also leaves the command without one, and that is what the parser says first.
        var first = parsed.UnmatchedTokens is [var word, ..] ? parsed.Errors.FirstOrDefault(e => e.Message.Contains($"'{word}'", StringComparison.Ordinal)) : null;
        // An option that the command does not have is taken for an argument, and what follows it may be its value.
        var mayBeValue = isAboutSecrets || parsed.Tokens.Any(token => token is { Type: TokenType.Argument, Value: ['-', _, ..] });
        var message = OnOneLine(WithoutValues((first ?? parsed.Errors[0]).Message, parsed.UnmatchedTokens, mayBeValue));
        DiagnosticReport.Write([new Diagnostic(InputCodes.BadArgument, SourceSpan.None, message, hint)], surroundings);
        return ExitCode.InvalidInput;
    }

    // What nobody asked for may be a value at the wrong place, as in 'run -e NAME=value', and what is printed here ends up in logs.
    private static string WithoutValues(string message, IReadOnlyList<string> surplus, bool mayBeValue) => surplus
        .OrderByDescending(token => token.Length)
        .Aggregate(message, (text, token) => text.Replace(token, Named(token, mayBeValue), StringComparison.Ordinal));

    private static string Named(string token, bool mayBeValue) => mayBeValue && !token.StartsWith('-') ? "…" : WithoutValue(token);

    /// <summary>The parser puts each value that an option takes on a line of its own.</summary>
    private static string OnOneLine(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 1 ? $"{lines[0]} {string.Join(", ", lines[1..])}" : message;
    }

    private static async Task<ExitCode> ReportLostOutput(IOException why, Surroundings surroundings)
    {
        // A reader that has enough is not to be bothered.
        if (why is OutputLostException { IsReaderGone: true })
            return ExitCode.CannotWrite;
        try
        {
            await surroundings.Error.WriteAsync($"The output cannot be written: {why.Message}.\n");
        }
        catch (IOException)
        {
            // It may be what is lost.
        }

        return ExitCode.CannotWrite;
    }
}
