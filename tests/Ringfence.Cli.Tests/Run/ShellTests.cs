using System.Globalization;

namespace Ringfence.Cli.Tests.Run;

/// <summary><c>ringfence shell</c>.</summary>
[Collection(TestEngine.Alone)]
public sealed class ShellTests
{
    private const string CtrlC = "\u0003";
    private const string CtrlD = "\u0004";

    [Fact]
    public async Task Opens_a_shell_where_the_job_has_left_off_even_if_it_failed()
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("echo from-the-job > left.txt; exit 1"));
        trial.Commands.WithInput("cat left.txt; echo $CIRCLE_JOB in $PWD\nexit\n");

        var result = await trial.Commands.Run("shell", "build");

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains("\nfrom-the-job\nbuild in /home/circleci/project\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("A shell in /home/circleci/project", result.Error, StringComparison.Ordinal);
        Assert.Empty(trial.Leftovers());
    }

    [Fact]
    public async Task At_a_terminal_every_key_goes_to_the_shell_and_the_terminal_is_as_before_afterwards()
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("echo completed > a-file-with-a-long-name.txt"));
        using var program = new ProgramAtTerminal(trial, "shell", "build");
        await program.SeeAsync("at /dev/");
        await program.SeeAsync("\r\n");
        var tty = "/dev/" + program.Screen[(program.Screen.IndexOf("at /dev/", StringComparison.Ordinal) + "at /dev/".Length)..].Split('\r')[0];
        await program.SeeAsync("it ends with 'exit' or Ctrl-D.");

        // What is typed has quotes in it that what is printed has not, so that the echo is not taken for the answer.
        await program.TypeAsync("PS1=pro''mpt; echo rea''dy\r");
        await program.SeeAsync("\nready\r\nprompt");
        await program.TypeAsync("cat a-file-w\t");
        await program.SeeAsync("a-file-with-a-long-name.txt");
        await program.TypeAsync("\r");
        await program.SeeAsync("\ncompleted\r\n");
        await program.TypeAsync("stty size\r");
        await program.SeeAsync("\n24 80\r\n");

        await Tool.RunAsync("stty", "-F", tty, "rows", "30", "columns", "100");
        await program.TypeAsync("until [ \"$(stty size)\" = '30 100' ]; do :; done; echo lar''ger\r");
        await program.SeeAsync("\nlarger\r\n");

        // Who prints is what is to be interrupted: the shell itself would print before it has begun with the next command.
        await program.TypeAsync("sh -c 'echo sle\"\"eping; sleep 1000'; echo over\r");
        await program.SeeAsync("\nsleeping\r\n");
        await program.TypeAsync(CtrlC);

        // What is typed before the shell asks again, it drops; and the terminal takes a Ctrl-D of that moment for something else.
        await program.SeeAsync("prompt");
        await program.TypeAsync("echo in''terrupted\r");
        await program.SeeAsync("\ninterrupted\r\nprompt");
        Assert.DoesNotContain("\nover\r\n", program.Screen, StringComparison.Ordinal);
        await program.TypeAsync(CtrlD);

        Assert.Equal(0, await program.EndAsync());
        Assert.DoesNotContain("Canceling", program.Screen, StringComparison.Ordinal);
        Assert.Equal(trial.Commands.Read("before").Replace("rows 24; columns 80", "rows 30; columns 100", StringComparison.Ordinal), trial.Commands.Read("after"));
        await AssertNothingIsLeft(trial);
    }

    [Theory]
    [InlineData("-TERM")]
    [InlineData("-HUP")]
    public async Task A_signal_ends_it_and_what_runs_in_it(string signal)
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("echo done"));
        using var program = new ProgramAtTerminal(trial, "shell", "build");
        await OpenAsync(program);

        await SignalAsync(trial, signal);

        Assert.Equal((int)ExitCode.Canceled, await program.EndAsync());
        Assert.Equal(trial.Commands.Read("before"), trial.Commands.Read("after"));
        await AssertNothingIsLeft(trial);
    }

    [Fact]
    public async Task It_ends_when_the_terminal_goes_away()
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("echo done"));
        using var program = new ProgramAtTerminal(trial, "shell", "build");
        await OpenAsync(program);

        program.CloseWindow();

        Assert.Equal((int)ExitCode.Canceled, await program.EndAsync());
        await AssertNothingIsLeft(trial);
    }

    [Fact]
    public async Task In_a_container_it_ends_with_Ctrl_D_and_when_the_terminal_goes_away()
    {
        await TestEngine.RequireAsync();
        using var trial = await PipelineTrial.With("version: 2.1\njobs: {build: {docker: [image: ringfence-test/busybox], steps: [run: echo done]}}\nworkflows: {main: {jobs: [build]}}\n");
        using (var program = new ProgramAtTerminal(trial, "shell", "build"))
        {
            await OpenAsync(program, "");
            await program.SeeAsync("prompt");
            var containers = await ContainersAsync(trial);
            Assert.NotEmpty(containers);
            await program.TypeAsync(CtrlC);
            await program.SeeAsync("prompt");
            await program.TypeAsync(CtrlD);
            Assert.Equal(0, await program.EndAsync());
            await AssertNothingIsLeft(trial);
            Assert.Empty(containers.Intersect(await AllContainersAsync()));
        }

        File.Delete(Path.Combine(trial.Home, "exit"));
        using (var program = new ProgramAtTerminal(trial, "shell", "build"))
        {
            await OpenAsync(program);
            var containers = await ContainersAsync(trial);
            Assert.NotEmpty(containers);
            program.CloseWindow();
            Assert.Equal((int)ExitCode.Canceled, await program.EndAsync());
            await AssertNothingIsLeft(trial);
            Assert.Empty(containers.Intersect(await AllContainersAsync()));
        }
    }

    /// <summary>Waits for the shell and starts something in it that goes on.</summary>
    private static async Task OpenAsync(ProgramAtTerminal program, string command = "; sleep 1000")
    {
        await program.SeeAsync("it ends with 'exit' or Ctrl-D.");
        await program.TypeAsync($"PS1=pro''mpt; echo beg''un{command}\r");
        await program.SeeAsync("\nbegun\r\n");
    }

    private static async Task SignalAsync(PipelineTrial trial, string signal)
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "ringfence.dll");
        var program = Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _)).Single(IsProgram);
        await Tool.RunAsync("kill", signal, Path.GetFileName(program));

        bool IsProgram(string folder)
        {
            try
            {
                return File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0') is [_, var second, "shell", ..] && second == dll
                    && File.ReadAllText(Path.Combine(folder, "environ")).Contains(trial.Home, StringComparison.Ordinal);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    /// <summary>The containers of the run that goes on; they have its name, as its folder has.</summary>
    private static async Task<string[]> ContainersAsync(PipelineTrial trial)
    {
        var run = Path.GetFileName(trial.Leftovers().Single(Directory.Exists));
        return [.. (await AllContainersAsync()).Where(line => line.Contains(run, StringComparison.Ordinal))];
    }

    private static async Task<string[]> AllContainersAsync() =>
        (await Tool.RunAsync("docker", "ps", "--all", "--no-trunc", "--filter", "label=ringfence.run", "--format", "{{.ID}} {{.Names}} {{.Labels}}")).Printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task AssertNothingIsLeft(PipelineTrial trial)
    {
        await HostProcesses.NoneAsync(trial.Home);
        Assert.Empty(trial.Leftovers());
    }
}
