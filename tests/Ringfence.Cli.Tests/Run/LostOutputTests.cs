using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ringfence.Cli.Tests.Run;

/// <summary>What becomes of commands, as processes, whose output cannot be written.</summary>
public sealed class LostOutputTests
{
    private const string Long = "sleep 1000";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("run --plain")]
    [InlineData("run --format json")]
    public async Task A_run_is_canceled_when_the_disk_is_full(string arguments)
    {
        using var trial = await PipelineTrial.With(RunTests.Simple(Long));

        var (exit, said) = await EndAsync(trial, arguments + " > /dev/full", isRead: true);

        Assert.True(exit == (int)ExitCode.CannotWrite, $"It ended with {exit}:\n{said}");
        Assert.Contains("The output cannot be written: No space left on device. So the run was canceled. Its logs are in /", said, StringComparison.Ordinal);
        Assert.Empty(trial.Leftovers());
    }

    [Theory]
    [InlineData("run --plain")]
    [InlineData("run --format json")]
    public async Task A_run_is_canceled_when_its_reader_has_gone(string arguments)
    {
        using var trial = await PipelineTrial.With(RunTests.Simple(Long));

        var (exit, said) = await EndAsync(trial, arguments, isRead: false);

        Assert.True(exit == (int)ExitCode.CannotWrite, $"It ended with {exit}:\n{said}");
        Assert.Contains("The output cannot be written: nobody reads it any more. So the run was canceled.", said, StringComparison.Ordinal);
        Assert.Empty(trial.Leftovers());
    }

    [Theory]
    [InlineData("config process > /dev/full", true, "The output cannot be written: No space left on device.\n")]
    [InlineData("run --help > /dev/full", true, "The output cannot be written: No space left on device.\n")]
    [InlineData("config process", false, "")]
    public async Task Other_commands_say_so_unless_their_reader_has_enough(string arguments, bool isRead, string expected)
    {
        // More than is held back until the end.
        using var trial = await PipelineTrial.With(RunTests.Simple($"echo {new string('x', 100_000)}"));

        var (exit, said) = await EndAsync(trial, arguments, isRead);

        Assert.Equal(((int)ExitCode.CannotWrite, expected), (exit, said));
    }

    /// <summary>Runs the program in a shell, after its output has lost its reader if there is to be none.</summary>
    private static async Task<(int Exit, string Error)> EndAsync(PipelineTrial trial, string arguments, bool isRead)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"read go; exec '{dotnet}' '{Path.Combine(AppContext.BaseDirectory, "ringfence.dll")}' {arguments}"])
        {
            WorkingDirectory = trial.Commands.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in trial.Commands.Surroundings().Environment)
            start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        if (!isRead)
            shell.StandardOutput.Close();
        shell.StandardInput.Close();
        var said = await shell.StandardError.ReadToEndAsync(Cancel);
        await shell.WaitForExitAsync(Cancel);
        return (shell.ExitCode, said);
    }
}
