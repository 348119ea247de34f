using System.ComponentModel;
using System.Diagnostics;

namespace Ringfence.Agent.InJob.Running;

/// <summary>
/// Runs a script in the shell that steps use by default: <c>bash -eo pipefail</c>, or <c>sh -e</c> where there is no bash.
/// SHELL does not count: it names the shell that a person likes, which may not understand the script.
/// </summary>
internal static class JobShell
{
    private const int NotFound = 127;

    /// <summary>Runs a script with these bytes on its stdin and returns its exit code; 128 and the signal's number if a signal ended it.</summary>
    public static int Run(string script, byte[] stdin, InJobSurroundings surroundings)
    {
        if (Find("bash", surroundings) is { } bash)
            return Run(bash, ["-eo", "pipefail", "-c", script], stdin, surroundings);
        if (Find("sh", surroundings) is { } sh)
            return Run(sh, ["-e", "-c", script], stdin, surroundings);
        surroundings.Say("circleci tests run: there is neither bash nor sh to run the command with.");
        return NotFound;
    }

    private static string? Find(string name, InJobSurroundings surroundings) =>
        (surroundings.Variable("PATH") ?? "").Split(':').Where(Path.IsPathFullyQualified).Append("/bin").Append("/usr/bin")
            .Select(folder => Path.Join(folder, name)).FirstOrDefault(File.Exists);

    private static int Run(string shell, ReadOnlySpan<string> arguments, byte[] stdin, InJobSurroundings surroundings)
    {
        var start = new ProcessStartInfo(shell)
        {
            WorkingDirectory = surroundings.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = !surroundings.IsThisProcess,
            RedirectStandardError = !surroundings.IsThisProcess,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in surroundings.Environment)
            start.Environment[name] = value;

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            surroundings.Say($"circleci tests run: cannot start the shell: {e.Message}.");
            return NotFound;
        }

        // Both ways at once: a script may print more than a pipe holds before it reads.
        var output = surroundings.IsThisProcess ? Task.CompletedTask : Task.WhenAll(
            process.StandardOutput.BaseStream.CopyToAsync(surroundings.Stdout), Copy(process.StandardError, surroundings.Stderr));
        Feed(process, stdin);
        output.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static async Task Copy(StreamReader from, TextWriter to) => await to.WriteAsync(await from.ReadToEndAsync());

    private static void Feed(Process process, byte[] stdin)
    {
        try
        {
            process.StandardInput.BaseStream.Write(stdin);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A script need not read what it gets.
        }
    }
}
