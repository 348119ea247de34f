using Ringfence.Cli.Diagnostics;
using Ringfence.Primitives;
using Ringfence.Runner.Blobs;

namespace Ringfence.Cli.Local;

/// <summary>Opens the stores of this machine for a command, and tells the user when they cannot be used.</summary>
internal static class StoreAccess
{
    /// <summary>What to type when nothing says where the stores are.</summary>
    public const string NoFolderHint = "Set HOME, or RINGFENCE_HOME to a folder for it.";

    /// <summary>Does something with the stores, which MAY not be there yet.</summary>
    /// <param name="surroundings">Say where the stores are.</param>
    /// <param name="limits">What the stores keep.</param>
    /// <param name="use">Does it.</param>
    public static async Task<ExitCode> UseAsync(Surroundings surroundings, StoreLimits limits, Func<LocalStores, Task<ExitCode>> use)
    {
        if (LocalState.Of(surroundings) is not { } state)
        {
            Report(InputCodes.NoStateFolder, "There is no folder for what Ringfence keeps: neither HOME nor RINGFENCE_HOME is set.", NoFolderHint, surroundings);
            return ExitCode.InvalidInput;
        }

        try
        {
            return await use(new LocalStores(state.Stores, surroundings.Clock, limits));
        }
        catch (StoreException e)
        {
            Report(InputCodes.StoreFailed, OneLine(e.Message), $"Check the rights of {state.Root}, or set RINGFENCE_HOME to another folder.", surroundings);
            return ExitCode.CannotWrite;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(InputCodes.StoreFailed, $"The stores in {state.Stores} cannot be used: {OneLine(e.Message)}", $"Check the rights of {state.Root}, or set RINGFENCE_HOME to another folder.", surroundings);
            return ExitCode.CannotWrite;
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");

    private static void Report(DiagnosticCode code, string message, string hint, Surroundings surroundings) =>
        DiagnosticReport.Write([new Diagnostic(code, SourceSpan.None, message, hint)], surroundings);
}
