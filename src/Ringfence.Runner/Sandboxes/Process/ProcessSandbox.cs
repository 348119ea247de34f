using System.Diagnostics;
using Ringfence.Runner.Agents;

namespace Ringfence.Runner.Sandboxes.Process;

/// <summary>An agent as a child process, fenced or not. It ends, with all that it started, when its standard input is closed, also by the death of this process.</summary>
internal sealed class ProcessSandbox : ISandbox
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly System.Diagnostics.Process _process;
    private WayOut? _network;
    private int _disposed;

    private ProcessSandbox(System.Diagnostics.Process process, AgentConnection agent) => (_process, Agent) = (process, agent);

    public AgentConnection Agent { get; }

    /// <summary>Its own network's way out; null when it has none.</summary>
    public WayOut? Network => _network;

    /// <summary>Starts it and waits for the greeting.</summary>
    public static async Task<ProcessSandbox> StartAsync(ProcessStartInfo start, CancellationToken cancel)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        var process = new System.Diagnostics.Process { StartInfo = start };
        var complaint = new ComplaintText();
        process.ErrorDataReceived += (_, e) => complaint.Add(e.Data);
        try
        {
            process.Start();
            process.BeginErrorReadLine();
            var agent = await AgentConnection.OpenAsync(new DuplexStream(process.StandardOutput.BaseStream, process.StandardInput.BaseStream), cancel).ConfigureAwait(false);
            return new ProcessSandbox(process, agent);
        }
        catch (Exception e) when (e is IOException or System.ComponentModel.Win32Exception)
        {
            await EndAsync(process).ConfigureAwait(false);
            throw new SandboxException($"The process sandbox does not start: {complaint.OrElse(e.Message)}", "`ringfence doctor` says what this machine needs.");
        }
        catch
        {
            await EndAsync(process).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Gives it its own network's way out. No step may have been started.</summary>
    /// <exception cref="IOException">It cannot be had, and why.</exception>
    public async Task JoinAsync(NetworkTools tools, SandboxRequest request, CancellationToken cancel) =>
        _network = await WayOut.AttachAsync(tools, _process.Id, request, cancel).ConfigureAwait(false);

    public Task<IReadOnlyDictionary<string, string>> StartRemoteDockerAsync(string version, CancellationToken cancel) =>
        throw new SandboxException("setup_remote_docker needs a container engine, and this job runs in a process sandbox.", "Run it with a Docker or Podman engine.", isFaultOfJob: true);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await Agent.DisposeAsync().ConfigureAwait(false);
        await EndAsync(_process).ConfigureAwait(false);
        if (_network is not null)
            await _network.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task EndAsync(System.Diagnostics.Process process)
    {
        using (process)
        {
            try
            {
                using var patience = new CancellationTokenSource(Patience);
                CloseInput(process);
                await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Not for ever: what it has started may hold its errors open.
                process.Kill(entireProcessTree: true);
                using var moment = new CancellationTokenSource(Patience);
                await process.WaitForExitAsync(moment.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (InvalidOperationException)
            {
                // It was never started.
            }
        }
    }

    private static void CloseInput(System.Diagnostics.Process process)
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It was closed together with the agent's connection, or the process has ended. Either way its end is still to be waited for:
            // until then it works on the folders that the caller is about to remove.
        }
    }

    /// <summary>The first lines that were printed where no messages go.</summary>
    private sealed class ComplaintText
    {
        private const int Most = 5;
        private readonly List<string> _lines = [];

        public void Add(string? line)
        {
            lock (_lines)
            {
                if (line is { Length: > 0 } && _lines.Count < Most)
                    _lines.Add(line);
            }
        }

        public string OrElse(string other)
        {
            lock (_lines)
                return _lines.Count > 0 ? string.Join(' ', _lines) : other;
        }
    }
}
