using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Ringfence.Runner.Checkout;

/// <summary>Starts git so that it runs no program that a repository names: no hooks, no monitors, no network.</summary>
internal sealed class GitProgram(string program, IReadOnlyDictionary<string, string> variables)
{
    private const int MostOutput = 512 * 1024 * 1024;
    private const int MostErrors = 64 * 1024;
    private const int EndedBySigHup = 128 + 1;
    private const int EndedBySigInt = 128 + 2;

    private static readonly string[] Passed = ["PATH", "HOME", "XDG_CONFIG_HOME"];
    private static readonly string[] Always = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "submodule.recurse=false"];

    private static readonly (string Name, string Value)[] Set =
    [
        ("LC_ALL", "C"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_ALLOW_PROTOCOL", "file"),
        ("GIT_DEFAULT_REF_FORMAT", "files"),
    ];

    /// <summary>Asks about the repository of a user, with the config of that user.</summary>
    public Task<GitAnswer> AskAsync(string folder, IEnumerable<string> arguments, CancellationToken cancel) => RunAsync(Start(folder, arguments), ReadOnlyMemory<byte>.Empty, cancel);

    /// <summary>Works on the snapshot, which knows nothing of the config of the user: no filters, no attributes.</summary>
    public Task<GitAnswer> ChangeAsync(string folder, IEnumerable<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancel)
    {
        var start = Start(folder, arguments);
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_ATTR_NOSYSTEM"] = "1";
        start.Environment.Remove("XDG_CONFIG_HOME");
        start.Environment["HOME"] = "/dev/null";
        return RunAsync(start, input, cancel);
    }

    private ProcessStartInfo Start(string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, [.. Always, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Set)
            start.Environment[name] = value;
        foreach (var name in Passed)
        {
            if (variables.TryGetValue(name, out var value))
                start.Environment[name] = value;
        }

        return start;
    }

    private async Task<GitAnswer> RunAsync(ProcessStartInfo start, ReadOnlyMemory<byte> input, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new SourceException($"{program} cannot be started: {e.Message}", e);
        }

        using var killing = cancel.Register(() => Kill(process));
        var output = TakeAsync(process.StandardOutput.BaseStream, MostOutput, () => Kill(process));
        var errors = TakeAsync(process.StandardError.BaseStream, MostErrors, static () => { });
        await TypeAsync(process.StandardInput, input).ConfigureAwait(false);
        var bytes = await output.ConfigureAwait(false);
        var complaints = await errors.ConfigureAwait(false);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        // A terminal sends Ctrl-C to git too, which may have ended before this process has noticed.
        if (process.ExitCode is EndedBySigHup or EndedBySigInt)
            throw new OperationCanceledException("git was interrupted.");
        if (bytes.Length > MostOutput)
            throw new SourceException("git says more about this repository than can be held.", "leave out what is not needed with .gitignore");
        return new GitAnswer(process.ExitCode, bytes, Encoding.UTF8.GetString(complaints.Span));
    }

    private static async Task TypeAsync(StreamWriter into, ReadOnlyMemory<byte> input)
    {
        try
        {
            await into.BaseStream.WriteAsync(input, CancellationToken.None).ConfigureAwait(false);
            into.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code says why.
        }
    }

    /// <summary>Takes all of a stream, but keeps only about as much as allowed.</summary>
    private static async Task<ReadOnlyMemory<byte>> TakeAsync(Stream stream, int most, Action tooMuch)
    {
        var kept = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, CancellationToken.None).ConfigureAwait(false) is > 0 and var count)
        {
            if (kept.Length <= most)
                kept.Write(buffer, 0, count);
            else
                tooMuch();
        }

        return kept.GetBuffer().AsMemory(0, (int)kept.Length);
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended just now.
        }
    }
}
