using System.ComponentModel;
using System.Diagnostics;

namespace Ringfence.Runner.Sandboxes;

/// <summary>Runs the agent for a moment in the network of a sandbox, started from this machine and with the rights over that network.</summary>
internal static class AgentInNetwork
{
    /// <summary>Runs it.</summary>
    /// <param name="enter">The path of <c>nsenter</c>.</param>
    /// <param name="network">The network.</param>
    /// <param name="agentFolder">The folder of this machine that holds the agent.</param>
    /// <param name="words">What it is called with.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Whether it was started, and what went wrong in one line; empty when nothing did.</returns>
    public static async Task<(bool IsStarted, string WhyNot)> RunAsync(string enter, NetworkNamespace network, string agentFolder, IEnumerable<string> words, CancellationToken cancel)
    {
        string[] owner = network.OwnerPath is { } path ? [$"--user={path}", "--preserve-credentials"] : [];
        using var process = Start(enter, [$"--net={network.Path}", .. owner, "--", Path.Combine(agentFolder, "ringfence-agent"), .. words]);
        try
        {
            var said = await process.StandardError.ReadToEndAsync(cancel).ConfigureAwait(false);
            await process.WaitForExitAsync(cancel).ConfigureAwait(false);
            return process.ExitCode == 0 ? (true, "") : (!said.StartsWith("nsenter:", StringComparison.Ordinal), OneLine(said));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    /// <summary>Starts a program of this machine without variables and with pipes for its streams.</summary>
    /// <exception cref="IOException">It does not start.</exception>
    public static System.Diagnostics.Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = "/" };
        start.Environment.Clear();
        try
        {
            return System.Diagnostics.Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new IOException($"{program} does not start: {e.Message}", e);
        }
    }

    /// <summary>What a program printed as errors, as the end of a sentence.</summary>
    public static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim().TrimEnd('.') is { Length: > 0 } said ? said : "it ended without a word";
}
