using System.Collections.Concurrent;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>All that one job has in the engine. It is found by its labels, so nothing is forgotten that was made when something else failed.</summary>
internal sealed class DockerJob(DockerClient client, SandboxRequest request) : IAsyncDisposable
{
    private readonly ConcurrentStack<IAsyncDisposable> _open = new();
    private readonly SemaphoreSlim _disposing = new(1, 1);
    private bool _disposed;

    public DockerClient Client => client;

    public SandboxRequest Request => request;

    public ContainerPlan Plan { get; } = new(request, RunOwner.Current);

    /// <summary>The container whose process is the agent, and ends with the conversation; null when there is none, or another process keeps it.</summary>
    public string? EndsByItself { get; set; }

    /// <summary>Closes something together with the job.</summary>
    public T Owns<T>(T opened)
        where T : IAsyncDisposable
    {
        _open.Push(opened);
        return opened;
    }

    /// <summary>Makes a container. It is not started.</summary>
    public Task<string> CreateAsync(CreateContainerParameters plan, CancellationToken cancel) =>
        CreateAsync(async limit => (await client.Containers.CreateContainerAsync(plan, limit).ConfigureAwait(false)).ID, cancel);

    /// <summary>Makes a container that has the agent's files. It is not started.</summary>
    /// <param name="plan">How it is made, with the files mounted or without.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<string> CreateWithAgentAsync(Func<bool, CreateContainerParameters> plan, CancellationToken cancel)
    {
        try
        {
            return await CreateAsync(plan(true), cancel).ConfigureAwait(false);
        }
        catch (DockerApiException e) when (AgentCopy.IsNeededAfter(e))
        {
            var id = await CreateAsync(plan(false), cancel).ConfigureAwait(false);
            await AgentCopy.RunAsync(client, id, request.AgentFolder, cancel).ConfigureAwait(false);
            return id;
        }
    }

    /// <summary>Makes a network for this job alone, which goes with it.</summary>
    public async Task CreateNetworkAsync(CancellationToken cancel)
    {
        var plan = new NetworksCreateParameters { Name = Plan.OwnNetwork, Driver = "bridge", Labels = Plan.Labels };
        try
        {
            await CreateAsync(async limit => (await client.Networks.CreateNetworkAsync(plan, limit).ConfigureAwait(false)).ID, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (EngineFailures.IsOfEngine(e))
        {
            throw EngineFailures.Of("The network of the job could not be made", e);
        }
    }

    /// <summary>Closes what is open and removes all of it, in bounded time. Safe twice.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_disposed)
                return;
            _disposed = true;
            while (_open.TryPop(out var opened))
                await opened.DisposeAsync().ConfigureAwait(false);
            await RemoveAsync().ConfigureAwait(false);
            client.Dispose();
        }
        finally
        {
            _disposing.Release();
        }
    }

    private async Task RemoveAsync()
    {
        using var limit = new CancellationTokenSource(DockerLimits.Removal, TimeProvider.System);
        try
        {
            if (EndsByItself is { } container)
                await WaitForEndAsync(container, limit.Token).ConfigureAwait(false);
            await new Leftovers(client).RemoveAsync(request, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (EngineFailures.IsOfEngine(e) || e is OperationCanceledException)
        {
            // Without the engine nothing can be removed. Once this process has gone too, the next sweep finds it.
        }
    }

    /// <summary>To have the engine kill a container takes it longer than to see that it has ended. What does not end is killed.</summary>
    private async Task WaitForEndAsync(string container, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(DockerLimits.OwnEnd, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            await client.Containers.WaitContainerAsync(container, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (EngineFailures.IsOfEngine(e) || e is OperationCanceledException)
        {
            // Removing it says what is wrong, or does not mind.
        }
    }

    // Given up half way, the engine would make it all the same, after everything else has been removed.
    private static async Task<string> CreateAsync(Func<CancellationToken, Task<string>> create, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(DockerLimits.Create, TimeProvider.System);
        try
        {
            var id = await create(limit.Token).ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
            return id;
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"The container engine took longer than {DockerLimits.Create.TotalSeconds} seconds.", e);
        }
    }
}
