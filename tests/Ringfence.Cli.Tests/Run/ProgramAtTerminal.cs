using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Ringfence.Cli.Tests.Run;

/// <summary>The program as a person has it: at a terminal of its own, which <c>script</c> of util-linux makes.</summary>
internal sealed class ProgramAtTerminal : IDisposable
{
    private readonly Process _script;
    private readonly StringBuilder _screen = new();
    private readonly string _exit;
    private int _seen;

    /// <summary>Starts it in the folder of a trial, on a terminal of 24 rows and 80 columns.</summary>
    public ProgramAtTerminal(PipelineTrial trial, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no /usr/bin/script (bsdutils) that makes a terminal.");
        _exit = Path.Combine(trial.Home, "exit");
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        var program = $"'{dotnet}' '{Path.Combine(AppContext.BaseDirectory, "ringfence.dll")}' {string.Join(' ', arguments)}";

        // The trap lets the shell tell how the program ended also when the terminal has gone or Ctrl-C went to both.
        var command = $"trap : HUP INT; stty rows 24 columns 80; echo at $(tty); stty -a > before; {program}; echo $? > '{_exit}.new'; stty -a > after; mv '{_exit}.new' '{_exit}'";
        var start = new ProcessStartInfo("/usr/bin/script", ["--quiet", "--flush", "--command", command, "/dev/null"])
        {
            WorkingDirectory = trial.Commands.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in trial.Commands.Surroundings().Environment)
            start.Environment[name] = value;
        start.Environment["SHELL"] = "/bin/sh";

        // Shells put no control sequences around what programs print then.
        start.Environment["TERM"] = "dumb";
        _script = Process.Start(start)!;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>All that was on the screen.</summary>
    public string Screen => _screen.ToString();

    /// <summary>Presses keys.</summary>
    public async Task TypeAsync(string keys)
    {
        await _script.StandardInput.WriteAsync(keys.AsMemory(), Cancel);
        await _script.StandardInput.FlushAsync(Cancel);
    }

    /// <summary>Waits until a text comes on the screen after what was waited for before.</summary>
    public async Task SeeAsync(string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience.End);
        var buffer = new char[4096];
        int at;
        while ((at = Screen.IndexOf(text, _seen, StringComparison.Ordinal)) < 0)
        {
            int count;
            try
            {
                count = await _script.StandardOutput.ReadAsync(buffer, limit.Token);
            }
            catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
            {
                count = 0;
            }

            Assert.True(count > 0, $"'{text}' did not come on the screen:\n{Screen[_seen..]}");
            _screen.Append(buffer, 0, count);
        }

        _seen = at + text.Length;
    }

    /// <summary>The terminal goes away, as when its window is closed.</summary>
    public void CloseWindow() => _script.Kill();

    /// <summary>Waits for the end of the program.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        var drain = _script.StandardOutput.ReadToEndAsync(Cancel);
        var began = TimeProvider.System.GetTimestamp();
        while (!File.Exists(_exit))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience.End, $"It does not end:\n{Screen}");
            await Task.Yield();
        }

        await _script.WaitForExitAsync(Cancel);
        _screen.Append(await drain);
        return int.Parse(await File.ReadAllTextAsync(_exit, Cancel), System.Globalization.CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _script.Kill(entireProcessTree: true);
        _script.Dispose();
    }
}
