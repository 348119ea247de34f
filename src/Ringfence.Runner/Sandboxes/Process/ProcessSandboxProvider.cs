using System.Diagnostics;

namespace Ringfence.Runner.Sandboxes.Process;

/// <summary>Runs jobs as processes of this machine, behind a bubblewrap fence, or without any when a person has said so.</summary>
/// <param name="fenced">Whether there is a fence. Without it a job can do what the user can, and read what the user can read.</param>
/// <param name="searchPath">The folders to look for <c>bwrap</c> in, with colons between them.</param>
public sealed class ProcessSandboxProvider(bool fenced, string searchPath) : ISandboxProvider
{
    private const string UsualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Why jobs cannot have a network of their own, once it was tried.
    private string? _noNetwork;
    private bool _hasHadNetwork;

    /// <inheritdoc/>
    public string Name => "process";

    /// <inheritdoc/>
    public async Task<SandboxCheck> CheckAsync(CancellationToken cancel)
    {
        if (!fenced)
            return new SandboxCheck(true, "plain processes, without any isolation");
        if (Find() is not { } bubblewrap)
            return new SandboxCheck(false, "bubblewrap is not installed", "Install it: apt-get install bubblewrap");

        var (code, said) = await TryAsync(bubblewrap, cancel).ConfigureAwait(false);
        return code == 0
            ? new SandboxCheck(true, $"bubblewrap at {bubblewrap}")
            : new SandboxCheck(false, $"bubblewrap does not work here: {said}", "Allow user namespaces: sysctl -w kernel.unprivileged_userns_clone=1 (Debian), kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu)");
    }

    /// <inheritdoc/>
    public async Task<ISandbox> StartAsync(SandboxRequest request, Action<SandboxReport> report, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(report);
        if (!fenced)
        {
            report(new SandboxReport.Line("Starting a process sandbox: no isolation"));
            return await ProcessSandbox.StartAsync(Plain(request), cancel).ConfigureAwait(false);
        }

        if (!request.HasNetwork || request.HasHostNetwork)
            return await StartAsync(request, request.HasNetwork ? FencedNetwork.OfMachine : FencedNetwork.None, report, cancel).ConfigureAwait(false);
        return await StartWithOwnNetworkAsync(request, report, cancel).ConfigureAwait(false)
            ?? await StartAsync(request, FencedNetwork.OfMachine, report, cancel).ConfigureAwait(false);
    }

    /// <summary>Whether fenced jobs get networks of their own on this machine. It is looked for, not tried.</summary>
    public SandboxCheck CheckNetwork()
    {
        var (tools, whyNot, hint) = NetworkTools.Find(searchPath);
        return tools is not null ? new SandboxCheck(true, $"slirp4netns at {tools.UserNetwork}") : new SandboxCheck(false, whyNot, hint);
    }

    /// <inheritdoc/>
    /// <remarks>A process sandbox ends with the runner; its folders are the caller's.</remarks>
    public Task<IReadOnlyList<string>> SweepAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>([]);

    private async Task<ProcessSandbox> StartAsync(SandboxRequest request, FencedNetwork network, Action<SandboxReport> report, CancellationToken cancel)
    {
        report(new SandboxReport.Line($"Starting a process sandbox: {BubblewrapArguments.Describe(network)}"));
        return await ProcessSandbox.StartAsync(Fenced(request, network), cancel).ConfigureAwait(false);
    }

    /// <summary>Null, and why reported, when there is no such network here.</summary>
    private async Task<ProcessSandbox?> StartWithOwnNetworkAsync(SandboxRequest request, Action<SandboxReport> report, CancellationToken cancel)
    {
        var (tools, whyNot, hint) = Volatile.Read(ref _noNetwork) is { } before ? (null, before, "") : NetworkTools.Find(searchPath);
        if (tools is not null)
        {
            var sandbox = await StartAsync(request, FencedNetwork.Own, report, cancel).ConfigureAwait(false);
            try
            {
                await sandbox.JoinAsync(tools, request, cancel).ConfigureAwait(false);
                Volatile.Write(ref _hasHadNetwork, true);
                return sandbox;
            }
            catch (Exception e) when (e is TimeoutException || (e is IOException && Volatile.Read(ref _hasHadNetwork)))
            {
                // Where jobs can have networks of their own, an accident does not give one of them the machine's.
                await sandbox.DisposeAsync().ConfigureAwait(false);
                throw new SandboxException($"The job's own network could not be made: {e.Message}.", "Run it again; --host-network gives fenced jobs this machine's network.", isFaultOfJob: false, e);
            }
            catch (IOException e)
            {
                await sandbox.DisposeAsync().ConfigureAwait(false);
                whyNot = $"slirp4netns does not work here: {e.Message}";
                Volatile.Write(ref _noNetwork, whyNot);
            }
            catch
            {
                await sandbox.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }

        report(new SandboxReport.Line($"The job has no network of its own, so it reaches this machine's loopback address, other jobs' ports and a cloud's metadata service: {whyNot}. {hint}".TrimEnd(), IsGap: true));
        return null;
    }

    private ProcessStartInfo Fenced(SandboxRequest request, FencedNetwork network)
    {
        var bubblewrap = Find() ?? throw new SandboxException("bubblewrap is not installed.", "Install it: apt-get install bubblewrap");
        var start = new ProcessStartInfo(bubblewrap);
        foreach (var argument in BubblewrapArguments.For(request, network))
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in EnvironmentOf(BubblewrapArguments.Home, "/tmp"))
        {
            start.ArgumentList.Add("--setenv");
            start.ArgumentList.Add(name);
            start.ArgumentList.Add(value);
        }

        start.ArgumentList.Add(BubblewrapArguments.AgentFolder + "/ringfence-agent");
        start.ArgumentList.Add("--serve");
        start.Environment.Clear();
        return start;
    }

    private static ProcessStartInfo Plain(SandboxRequest request)
    {
        var (home, temporary) = (Path.Combine(request.ScratchFolder, "home"), Path.Combine(request.ScratchFolder, "tmp"));
        Directory.CreateDirectory(home);
        Directory.CreateDirectory(temporary);
        var start = new ProcessStartInfo(Path.Combine(request.AgentFolder, "ringfence-agent")) { WorkingDirectory = home };
        start.ArgumentList.Add("--serve");
        start.Environment.Clear();
        foreach (var (name, value) in EnvironmentOf(home, temporary))
            start.Environment[name] = value;
        return start;
    }

    private static IEnumerable<(string Name, string Value)> EnvironmentOf(string home, string temporary) =>
        [("PATH", UsualPath), ("HOME", home), ("USER", "circleci"), ("TMPDIR", temporary), ("LANG", "C.UTF-8")];

    private string? Find() => ProgramPath.Find("bwrap", searchPath);

    private static async Task<(int Code, string Said)> TryAsync(string bubblewrap, CancellationToken cancel)
    {
        using var process = new System.Diagnostics.Process
        {
            StartInfo = new ProcessStartInfo(bubblewrap, ["--unshare-user", "--unshare-pid", .. BubblewrapArguments.System(), "--proc", "/proc", "true"])
            {
                RedirectStandardError = true,
                RedirectStandardInput = true,
            },
        };
        try
        {
            process.Start();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(Patience);
            var said = await process.StandardError.ReadToEndAsync(patience.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            return (process.ExitCode, said.Trim());
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return (-1, "it does not end");
        }
    }
}
