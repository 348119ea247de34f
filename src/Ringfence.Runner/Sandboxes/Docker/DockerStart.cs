using Docker.DotNet;
using Docker.DotNet.Models;
using Ringfence.Runner.Agents;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>Starts the containers of one job: images and network, the primary container with the agent, then the services beside each other.</summary>
internal sealed class DockerStart(DockerJob job, SharedNetwork network, Action<SandboxReport> report)
{
    /// <summary>Starts all of them.</summary>
    /// <exception cref="SandboxException">One cannot be had. Whoever owns the job removes the others.</exception>
    public async Task<AgentConnection> RunAsync(CancellationToken cancel)
    {
        var joining = job.Request.HasNetwork ? JoinAsync(cancel) : Task.CompletedTask;
        var image = await WithAsync(joining, ImagesAsync(cancel)).ConfigureAwait(false);
        var primary = new PrimaryContainer(job, image, report);
        var stream = await StartAsync(primary, cancel).ConfigureAwait(false);

        var greeting = GreetAsync(primary, stream, cancel);
        var denying = primary.DenyAddressesAsync(cancel);
        var services = job.Request.Containers.Skip(1).Select((container, index) => StartServiceAsync(container, index + 2, primary.Id, denying, cancel));
        await Task.WhenAll([greeting, denying, .. services]).ConfigureAwait(false);
        return await greeting.ConfigureAwait(false);
    }

    /// <summary>Gets all images, and says what the first is.</summary>
    private async Task<ImageInspectResponse> ImagesAsync(CancellationToken cancel)
    {
        var images = new List<ImageInspectResponse>();
        var source = new ImageSource(job.Client, report);
        foreach (var container in job.Request.Containers)
            images.Add(await source.GetAsync(container, cancel).ConfigureAwait(false));
        return images[0];
    }

    private async Task JoinAsync(CancellationToken cancel)
    {
        try
        {
            if (await network.GetAsync(job.Client, cancel).ConfigureAwait(false) is { } shared)
            {
                job.Plan.Network = shared;
                return;
            }
        }
        catch (Exception e) when (EngineFailures.IsOfEngine(e))
        {
            throw EngineFailures.Of("The network for jobs could not be made", e);
        }

        await job.CreateNetworkAsync(cancel).ConfigureAwait(false);
        job.Plan.Network = job.Plan.OwnNetwork;
    }

    private async Task<AgentStream> StartAsync(PrimaryContainer primary, CancellationToken cancel)
    {
        try
        {
            return await primary.StartAsync(cancel).ConfigureAwait(false);
        }
        catch (SandboxException e) when (e.InnerException is DockerApiException refusal && SharedNetwork.IsGoneAfter(refusal))
        {
            // Somebody removed it after it was found.
            await primary.RemoveAsync(cancel).ConfigureAwait(false);
            await JoinAsync(cancel).ConfigureAwait(false);
            return await primary.StartAsync(cancel).ConfigureAwait(false);
        }
    }

    // What failed first would leave the other at work while the job is removed.
    private static async Task<T> WithAsync<T>(Task one, Task<T> other)
    {
        await Task.WhenAll(one, other).ConfigureAwait(false);
        return await other.ConfigureAwait(false);
    }

    private async Task<AgentConnection> GreetAsync(PrimaryContainer primary, AgentStream stream, CancellationToken cancel) =>
        job.Owns(await primary.GreetAsync(stream, cancel).ConfigureAwait(false));

    private async Task StartServiceAsync(ContainerRequest container, int place, string primary, Task denying, CancellationToken cancel)
    {
        try
        {
            var id = await job.CreateAsync(job.Plan.Service(container, place, primary), cancel).ConfigureAwait(false);
            job.Owns(await AttachedContainer.ListenAsync(job.Client, id, place, report, cancel).ConfigureAwait(false));

            // Its image is the config's choice, and it uses the same network.
            await denying.ConfigureAwait(false);
            await job.Client.Containers.StartContainerAsync(id, new ContainerStartParameters(), cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (EngineFailures.IsOfEngine(e))
        {
            throw EngineFailures.Of($"The container of {container.Image} could not be started", e);
        }
    }
}
