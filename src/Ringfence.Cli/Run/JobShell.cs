using Ringfence.Protocol.Agents;
using Ringfence.Runner.Agents;
using Ringfence.Runner.Jobs;

namespace Ringfence.Cli.Run;

/// <summary>A shell for a person in the sandbox of a job that has ended.</summary>
/// <param name="surroundings">Where the person is.</param>
/// <param name="gone">Is told, from any thread, when the person's terminal has gone; the run is to be canceled then.</param>
internal sealed class JobShell(Surroundings surroundings, Action gone)
{
    private const int MostTyped = 4096;
    private const int HangUp = 1;

    /// <summary>Opens it and waits for its end, or until the job is to stop.</summary>
    /// <param name="job">The job.</param>
    /// <param name="shown">Waits until the log of the job is on the screen.</param>
    public async Task OpenAsync(EndedJob job, Func<Task> shown)
    {
        await shown();
        await surroundings.Error.WriteLineAsync($"A shell in {job.Directory}, as the job left it; it ends with 'exit' or Ctrl-D.");
        await surroundings.Error.FlushAsync();

        using var terminal = surroundings.OpenTerminal?.Invoke();
        try
        {
            using var process = await AgentProcess.StartAsync(job.Agent, Start(job, terminal is not null), job.Stopped);
            using var resized = terminal is null ? null : RawTerminal.OnResize((rows, columns) => _ = process.ResizeAsync(rows, columns, CancellationToken.None));
            var typing = new Thread(() => Type(process, terminal)) { IsBackground = true, Name = "typing" };
            typing.Start();
            await ShowAsync(process, terminal, job.Stopped);
        }
        catch (OperationCanceledException) when (job.Stopped.IsCancellationRequested)
        {
            // The job ends all that still runs in its sandbox.
        }
    }

    private StartProcess Start(EndedJob job, bool isTerminal)
    {
        var (rows, columns) = isTerminal ? RawTerminal.Size : default;
        var start = new StartProcess { Directory = job.Directory, Pty = isTerminal, OpenInput = true, Rows = (uint)rows, Columns = (uint)columns };
        start.Argv.Add(job.Agent.Hello.Shell);
        if (isTerminal)
            start.Argv.Add("-i");
        foreach (var (name, value) in job.Environment)
            start.Environment[name] = value;
        if (isTerminal)
            start.Environment["TERM"] = surroundings.Variable("TERM") ?? "dumb";
        return start;
    }

    private async Task ShowAsync(AgentProcess process, RawTerminal? terminal, CancellationToken stopped)
    {
        try
        {
            while (await process.ReadAsync(stopped) is { } output)
                await WriteAsync(terminal?.Screen, output.Data.Memory);
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // An interactive shell does not end at the SIGTERM that the job sends to all that is left.
            await process.SignalAsync(HangUp, CancellationToken.None);
        }
        catch (IOException) when (terminal is not null)
        {
            gone();
            await process.SignalAsync(HangUp, CancellationToken.None);
        }
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
    private void Type(AgentProcess process, RawTerminal? terminal)
    {
        var buffer = new byte[MostTyped];
        try
        {
            while (true)
            {
                var count = Read(terminal, buffer);
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

    // A terminal in which every key is handed on ends only by going away.
    private int Read(RawTerminal? terminal, byte[] buffer)
    {
        if (terminal is null)
            return surroundings.In.Read(buffer);
        var count = 0;
        try
        {
            count = terminal.Keys.Read(buffer);
        }
        catch (IOException)
        {
            // Gone as well.
        }

        if (count == 0)
            gone();
        return count;
    }
}
