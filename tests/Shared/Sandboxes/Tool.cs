using System.Diagnostics;

namespace Ringfence.Tests.Shared;

/// <summary>Runs a program that prepares something for the tests.</summary>
internal static class Tool
{
    /// <summary>Runs it to its end, and gives its exit code with all that it printed.</summary>
    public static async Task<(int Code, string Printed)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = RepositoryRoot.Path };
        using var process = System.Diagnostics.Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
