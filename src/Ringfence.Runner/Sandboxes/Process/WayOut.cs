using System.Text;

namespace Ringfence.Runner.Sandboxes.Process;

/// <summary>The way out of one fenced job's own network: a process outside of the fence, which ends with this or with the runner.</summary>
internal sealed class WayOut : IAsyncDisposable
{
    /// <summary>The name server that a job sees. What it is asked goes to that of this machine.</summary>
    public const string NameServer = "10.0.2.3";
    private const int LongestComplaint = 500;

    // Long, since a job on a busy machine is not to be lost for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly System.Diagnostics.Process _process;

    private WayOut(System.Diagnostics.Process process) => _process = process;

    /// <summary>The number of the process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Gives the job its way out, and closes what it may not reach. No step may run before.</summary>
    /// <param name="tools">The programs.</param>
    /// <param name="bubblewrap">The number of bubblewrap's process. What it has started MUST have begun.</param>
    /// <param name="request">What the job asks for.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="IOException">It cannot be had, and why.</exception>
    /// <exception cref="TimeoutException">It was not ready in time, which says nothing about whether it can be had.</exception>
    public static async Task<WayOut> AttachAsync(NetworkTools tools, int bubblewrap, SandboxRequest request, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        using var place = NetworkNamespace.OfChild(bubblewrap);

        // The gateway is not among what is denied: the kernel takes no route through one that it cannot reach, and slirp4netns answers nothing there.
        var denying = DenyAsync(tools, place, request, either.Token);
        var opening = OpenAsync(tools, place, either.Token);
        try
        {
            await Task.WhenAll(denying, opening).ConfigureAwait(false);
            return await opening.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (opening.IsCompletedSuccessfully)
                await (await opening.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            if (e is OperationCanceledException && !cancel.IsCancellationRequested)
                throw new TimeoutException($"it was not ready within {Patience.TotalSeconds} seconds", e);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await EndAsync(_process).ConfigureAwait(false);

    private static async Task DenyAsync(NetworkTools tools, NetworkNamespace place, SandboxRequest request, CancellationToken cancel)
    {
        var (_, whyNot) = await AgentInNetwork.RunAsync(tools.Enter, place, request.AgentFolder, DeniedAddresses.ToArguments(request.AllowedAddresses, NameServer), cancel).ConfigureAwait(false);
        if (whyNot.Length > 0)
            throw new IOException(whyNot);
    }

    private static async Task<WayOut> OpenAsync(NetworkTools tools, NetworkNamespace place, CancellationToken cancel)
    {
        // It ends when its input is closed, also by the death of this process, and writes a 1 to its output when it is ready.
        string[] arguments = ["--configure", "--mtu=65520", "--disable-host-loopback", "--enable-seccomp", "--exit-fd=0", "--ready-fd=1",
            "--netns-type=path", $"--userns-path={place.OwnerPath}", place.Path, "tap0"];

        // Started by root it gives up root's rights and files. It takes away mounts for that, in a name space of its own, but what is mounted below a shared mount would
        // go for the whole machine too, such as the files of containers; so nothing may be shared where it starts.
        var process = Environment.IsPrivilegedProcess
            ? AgentInNetwork.Start(tools.Unshare, ["--mount", "--propagation", "private", "--", tools.UserNetwork, "--enable-sandbox", .. arguments])
            : AgentInNetwork.Start(tools.UserNetwork, arguments);
        var complaint = new StringBuilder();
        process.ErrorDataReceived += (_, e) =>
        {
            if (complaint.Length < LongestComplaint && e.Data is { Length: > 0 } line && !line.StartsWith("WARNING", StringComparison.Ordinal))
                complaint.Append(line).Append(' ');
        };
        process.BeginErrorReadLine();
        try
        {
            if (await IsReadyAsync(process.StandardOutput, cancel).ConfigureAwait(false))
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new WayOut(process);
            }

            await process.WaitForExitAsync(cancel).ConfigureAwait(false);
            throw new IOException(AgentInNetwork.OneLine(complaint.ToString()));
        }
        catch
        {
            await EndAsync(process).ConfigureAwait(false);
            throw;
        }
    }

    // Lines of text may come before.
    private static async Task<bool> IsReadyAsync(StreamReader output, CancellationToken cancel)
    {
        var part = new char[256];
        var last = "";
        while (await output.ReadAsync(part, cancel).ConfigureAwait(false) is > 0 and var count)
        {
            last = (last + new string(part, 0, count)).Split('\n')[^1];
            if (last == "1")
                return true;
        }

        return false;
    }

    private static async Task EndAsync(System.Diagnostics.Process process)
    {
        using (process)
        {
            using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
            try
            {
                process.StandardInput.Close();
                await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                process.Kill();
            }
        }
    }
}
