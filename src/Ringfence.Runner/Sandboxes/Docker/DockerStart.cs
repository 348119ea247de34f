using Docker.DotNet.Models;
using Ringfence.Runner.Agents;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>Starts the containers of one job: images, network, the primary container with the agent, then the services beside each other.</summary>
internal sealed class DockerStart(DockerJob job, Action<SandboxReport> report)
{
    /// <summary>Starts all of them.</summary>
    /// <exception cref="SandboxException">One cannot be had. Whoever owns the job removes the others.</exception>
    public async Task<AgentConnection> RunAsync(CancellationToken cancel)
    {
        var images = new List<ImageInspectResponse>();
        var source = new ImageSource(job.Client, report);
        foreach (var container in job.Request.Containers)
            images.Add(await source.GetAsync(container, cancel).ConfigureAwait(false));

        if (job.Request.HasNetwork)
            await job.CreateNetworkAsync(cancel).ConfigureAwait(false);
        var primary = new PrimaryContainer(job, images[0], report);
        var stream = await primary.StartAsync(cancel).ConfigureAwait(false);

        var greeting = GreetAsync(primary, stream, cancel);
        var services = job.Request.Containers.Skip(1).Select((container, index) => StartServiceAsync(container, index + 2, primary.Id, cancel));
        await Task.WhenAll([greeting, .. services]).ConfigureAwait(false);
        return await greeting.ConfigureAwait(false);
    }

    private async Task<AgentConnection> GreetAsync(PrimaryContainer primary, AgentStream stream, CancellationToken cancel) =>
        job.Owns(await primary.GreetAsync(stream, cancel).ConfigureAwait(false));

    private async Task StartServiceAsync(ContainerRequest container, int place, string primary, CancellationToken cancel)
    {
        try
        {
            var id = await job.CreateAsync(job.Plan.Service(container, place, primary), cancel).ConfigureAwait(false);
            job.Owns(await AttachedContainer.ListenAsync(job.Client, id, place, report, cancel).ConfigureAwait(false));
            await job.Client.Containers.StartContainerAsync(id, new ContainerStartParameters(), cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (EngineFailures.IsOfEngine(e))
        {
            throw EngineFailures.Of($"The container of {container.Image} could not be started", e);
        }
    }
}
