using System.Diagnostics;
using System.Runtime.InteropServices;
using Ringfence.Protocol.Agents;
using Ringfence.Runner.Agents;
using Ringfence.Runner.Jobs;

namespace Ringfence.Cli.Run;

/// <summary>A shell for a person in the sandbox of a job that has ended.</summary>
internal sealed class JobShell(Surroundings surroundings)
{
    private const int MostTyped = 4096;

    /// <summary>Opens it and waits for its end.</summary>
    /// <param name="job">The job.</param>
    /// <param name="shown">Waits until the log of the job is on the screen.</param>
    public async Task OpenAsync(EndedJob job, Func<Task> shown)
    {
        await shown();
        var isTerminal = surroundings.ReadKey is not null;
        await surroundings.Error.WriteLineAsync($"A shell in {job.Directory}, as the job left it; it ends with 'exit' or Ctrl-D.");
        await surroundings.Error.FlushAsync();

        var start = new StartProcess { Directory = job.Directory, Pty = isTerminal, OpenInput = true, Rows = isTerminal ? (uint)Console.WindowHeight : 0, Columns = isTerminal ? (uint)Console.WindowWidth : 0 };
        start.Argv.Add(job.Agent.Hello.Shell);
        if (isTerminal)
            start.Argv.Add("-i");
        foreach (var (name, value) in job.Environment)
            start.Environment[name] = value;
        if (isTerminal)
            start.Environment["TERM"] = surroundings.Variable("TERM") ?? "dumb";

        using var terminal = isTerminal ? RawTerminal.Begin() : null;
        using var process = await AgentProcess.StartAsync(job.Agent, start, CancellationToken.None);
        using var resized = isTerminal ? PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => process.ResizeAsync(Console.WindowHeight, Console.WindowWidth, CancellationToken.None)) : null;
        var typing = new Thread(() => Type(process)) { IsBackground = true, Name = "typing" };
        typing.Start();
        await using var screen = isTerminal ? Console.OpenStandardOutput() : null;
        while (await process.ReadAsync(CancellationToken.None) is { } output)
            await WriteAsync(screen, output.Data.Memory);
    }

    private async Task WriteAsync(Stream? screen, ReadOnlyMemory<byte> bytes)
    {
        if (screen is null)
        {
            await surroundings.Out.WriteAsync(System.Text.Encoding.UTF8.GetString(bytes.Span));
            return;
        }

        await screen.WriteAsync(bytes);
        await screen.FlushAsync();
    }

    // A thread of its own: a read from a terminal cannot be given up, and then ends with the process.
    private void Type(AgentProcess process)
    {
        var buffer = new byte[MostTyped];
        try
        {
            while (true)
            {
                var count = surroundings.In.Read(buffer);
                process.TypeAsync(buffer.AsMemory(0, count).ToArray(), end: count == 0, CancellationToken.None).GetAwaiter().GetResult();
                if (count == 0)
                    return;
            }
        }
        catch (Exception e) when (e is IOException or AgentLostException or ObjectDisposedException)
        {
            // The shell has ended.
        }
    }

    /// <summary>A terminal that hands on every key as it is; disposing puts it back.</summary>
    private sealed class RawTerminal(string before) : IDisposable
    {
        public static RawTerminal Begin()
        {
            var before = Stty("-g");
            Stty("raw", "-echo");
            return new RawTerminal(before.Trim());
        }

        public void Dispose() => Stty(before.Length > 0 ? before : "sane");

        // The program that every system has, rather than the kernel's structures, which differ.
        private static string Stty(params string[] arguments)
        {
            try
            {
                using var stty = Process.Start(new ProcessStartInfo("stty", arguments) { RedirectStandardOutput = true })!;
                var said = stty.StandardOutput.ReadToEnd();
                stty.WaitForExit();
                return said;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return "";
            }
        }
    }
}
