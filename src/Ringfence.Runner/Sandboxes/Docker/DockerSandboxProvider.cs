using System.Net.Sockets;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>Makes sandboxes out of containers, in Docker or in an engine that speaks its language such as Podman (EX-9.1). Safe to use from several threads.</summary>
public sealed class DockerSandboxProvider(DockerOptions options) : ISandboxProvider
{
    /// <summary>With what fits a usual machine.</summary>
    public DockerSandboxProvider()
        : this(new DockerOptions())
    {
    }

    private readonly SharedNetwork _network = new(options.Network);

    /// <inheritdoc/>
    public string Name => "docker";

    /// <inheritdoc/>
    public Task<SandboxCheck> CheckAsync(CancellationToken cancel) => AskAsync(async (client, address, stop) => Describe(await client.System.GetVersionAsync(stop).ConfigureAwait(false), address), cancel);

    /// <inheritdoc/>
    /// <remarks>The engine starts programs to tell its version, and takes 0.1 s and more for it. One behind a socket of this machine runs Linux containers.</remarks>
    public Task<SandboxCheck> FindAsync(CancellationToken cancel) => AskAsync(
        async (client, address, stop) =>
        {
            if (address.Scheme is not "unix")
                return Describe(await client.System.GetVersionAsync(stop).ConfigureAwait(false), address);
            await client.System.PingAsync(stop).ConfigureAwait(false);
            return new SandboxCheck(true, $"a container engine at {address}");
        },
        cancel);

    private async Task<SandboxCheck> AskAsync(Func<DockerClient, Uri, CancellationToken, Task<SandboxCheck>> ask, CancellationToken cancel)
    {
        Uri? address = null;
        using var limit = new CancellationTokenSource(DockerLimits.Check, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            address = EngineAddress.Find(options);
            using var client = EngineAddress.Connect(address);
            return await ask(client, address, either.Token).ConfigureAwait(false);
        }
        catch (SandboxException e)
        {
            return new SandboxCheck(false, e.Message, e.Hint);
        }
        catch (Exception e) when (EngineFailures.IsOfEngine(e) || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return Missing(address, e);
        }
    }

    /// <inheritdoc/>
    public async Task<ISandbox> StartAsync(SandboxRequest request, Action<SandboxReport> report, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(report);
        if (request.Containers.IsEmpty)
            throw new SandboxException("A machine cannot be had from a container engine.", "Run the job in a container, or choose another sandbox.");

        var address = EngineAddress.Find(options);
        NoteEngine(request, address);
        var job = new DockerJob(EngineAddress.Connect(address), request);
        try
        {
            var agent = await new DockerStart(job, _network, OneAtATime(report)).RunAsync(cancel).ConfigureAwait(false);
            return new DockerSandbox(job, agent, options);
        }
        catch
        {
            await job.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> SweepAsync(CancellationToken cancel)
    {
        try
        {
            using var client = EngineAddress.Connect(EngineAddress.Find(options));
            return await new Leftovers(client).RemoveOfGoneAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (EngineFailures.IsOfEngine(e))
        {
            throw EngineFailures.Of("What earlier runs left behind could not be removed", e);
        }
    }

    /// <summary>Looks for what runs that were killed have left in the engine; one that does not answer has nothing.</summary>
    /// <returns>What it is, such as <c>container ringfence-0123-1-0-1</c>.</returns>
    public async Task<IReadOnlyList<string>> FindLeftoversAsync(CancellationToken cancel) => await LookAsync<IReadOnlyList<string>>(client => async stop => await new Leftovers(client).FindOfGoneAsync(stop).ConfigureAwait(false), cancel).ConfigureAwait(false) ?? [];

    /// <summary>Looks for the network that stays in the engine for jobs to come. It makes none, and an engine that does not answer has none.</summary>
    /// <returns>Its name, or null.</returns>
    public Task<string?> FindNetworkAsync(CancellationToken cancel) => LookAsync<string>(client => stop => _network.FindAsync(client, stop), cancel);

    private async Task<T?> LookAsync<T>(Func<DockerClient, Func<CancellationToken, Task<T?>>> look, CancellationToken cancel)
        where T : class
    {
        using var limit = new CancellationTokenSource(DockerLimits.Check, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            using var client = EngineAddress.Connect(EngineAddress.Find(options));
            return await look(client)(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SandboxException || EngineFailures.IsOfEngine(e) || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    private static void NoteEngine(SandboxRequest request, Uri address)
    {
        try
        {
            ScratchFolders.NoteEngine(request.ScratchFolder, address);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException($"The folder of the sandbox cannot be written: {e.Message}", e);
        }
    }

    // Services speak from threads of their own; whoever listens need not care.
    private static Action<SandboxReport> OneAtATime(Action<SandboxReport> report)
    {
        var turn = new Lock();
        return next =>
        {
            lock (turn)
                report(next);
        };
    }

    private static SandboxCheck Describe(VersionResponse version, Uri address)
    {
        return version.Os is { Length: > 0 } and not "linux"
            ? new SandboxCheck(false, $"The container engine at {address} runs {version.Os} containers.", "Switch it to Linux containers.")
            : new SandboxCheck(true, $"{(EngineVersion.IsPodman(version) ? "Podman" : "Docker")} {version.Version} at {address}");
    }

    private static SandboxCheck Missing(Uri? address, Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException { SocketErrorCode: SocketError.AccessDenied })
                return new SandboxCheck(false, $"The container engine at {address} does not let this user in.", "Add the user to the group 'docker', or use a rootless engine.");
        }

        return e is DockerApiException
            ? new SandboxCheck(false, $"What answers at {address} is no container engine that can be used: {EngineFailures.MessageOf(e)}", "Set DOCKER_HOST to the address of Docker or Podman.")
            : new SandboxCheck(false, $"No container engine answers at {address}.", "Install Docker or Podman, or start it; set DOCKER_HOST when it listens elsewhere.");
    }
}
