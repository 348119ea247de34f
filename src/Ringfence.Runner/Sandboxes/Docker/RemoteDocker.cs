using System.Collections.Frozen;
using System.Globalization;
using Docker.DotNet.Models;
using Ringfence.Protocol.Agents;
using Ringfence.Runner.Agents;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>A container engine for one job alone (EX-7.20): a container in a network with the job's, in which the job's own containers are started. The engine of the host is never given to a job.</summary>
/// <remarks>
/// It needs the rights of the host's administrator, as every engine in a container does. So that no one but the job can use it, it takes only clients with the
/// certificate that it makes at its start, and that certificate is brought to the job's agent.
/// </remarks>
internal sealed class RemoteDocker(DockerJob job, AgentConnection agent, DockerOptions options)
{
    private const string Host = "remote-docker";
    private const int Place = 0;
    private const string Certificates = "/certs";
    private const int Port = 2376;

    // The versions that CircleCI names (EX-7.22), by the tags of Docker's own image.
    private static readonly FrozenDictionary<string, string> Tags = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [""] = "dind",
        ["default"] = "dind",
        ["edge"] = "dind",
        ["previous"] = "27-dind",
        ["docker29"] = "29-dind",
        ["docker28"] = "28-dind",
        ["docker27"] = "27-dind",
        ["docker26"] = "26-dind",
        ["docker25"] = "25-dind",
        ["docker24"] = "24-dind",
        ["docker23"] = "23-dind",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Starts it, and gives the variables that clients in the job need.</summary>
    public async Task<IReadOnlyDictionary<string, string>> StartAsync(string version, CancellationToken cancel)
    {
        if (!job.Request.HasNetwork)
            throw new SandboxException("A job without a network cannot have a container engine.", "Allow the job to use the network.", isFaultOfJob: true);
        var image = ImageOf(version);
        await new ImageSource(job.Client, _ => { }).GetAsync(new ContainerRequest { Image = image }, cancel).ConfigureAwait(false);
        try
        {
            await JoinOwnNetworkAsync(cancel).ConfigureAwait(false);
            var id = await job.CreateWithAgentAsync(mountsAgent => Plan(image, mountsAgent), cancel).ConfigureAwait(false);
            await StartAsync(id, image, cancel).ConfigureAwait(false);
            var folder = await BringCertificatesAsync(id, cancel).ConfigureAwait(false);
            return new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["DOCKER_HOST"] = string.Create(CultureInfo.InvariantCulture, $"tcp://{Host}:{Port}"),
                ["DOCKER_TLS_VERIFY"] = "1",
                ["DOCKER_CERT_PATH"] = folder,
            };
        }
        catch (Exception e) when (e is not AgentLostException && EngineFailures.IsOfEngine(e))
        {
            throw EngineFailures.Of($"The job's container engine ({image}) could not be started", e);
        }
    }

    // Between the jobs' network and another the engine lets nothing through, so the two meet in one of their own.
    private async Task JoinOwnNetworkAsync(CancellationToken cancel)
    {
        if (job.Plan.Network == job.Plan.OwnNetwork)
            return;
        await job.CreateNetworkAsync(cancel).ConfigureAwait(false);
        await job.Client.Networks.ConnectNetworkAsync(job.Plan.OwnNetwork, new NetworkConnectParameters { Container = job.Plan.NameOf(1) }, cancel).ConfigureAwait(false);
        job.Plan.Network = job.Plan.OwnNetwork;
    }

    private string ImageOf(string version)
    {
        if (options.RemoteDockerImage is { } own)
            return own;
        if (Tags.TryGetValue(version, out var tag))
            return "docker:" + tag;
        return System.Version.TryParse(version, out _)
            ? $"docker:{version}-dind"
            : throw new SandboxException($"There is no remote Docker of version '{version}'.", $"Use one of {string.Join(", ", Tags.Keys.Where(k => k.Length > 0).Order(StringComparer.Ordinal))}.", isFaultOfJob: true);
    }

    private CreateContainerParameters Plan(string image, bool mountsAgent)
    {
        var host = new HostConfig { Privileged = true, NetworkMode = job.Plan.OwnNetwork, LogConfig = new LogConfig { Type = "none" }, NanoCPUs = job.Plan.NanoProcessors, Memory = job.Request.MemoryBytes };
        if (mountsAgent)
            job.Plan.MountAgent(host);
        return new CreateContainerParameters
        {
            Name = job.Plan.NameOf(Place),
            Image = image,

            // The certificate is made for this name.
            Hostname = Host,
            Env = [$"DOCKER_TLS_CERTDIR={Certificates}"],
            Labels = job.Plan.Labels,
            HostConfig = host,
            NetworkingConfig = new NetworkingConfig
            {
                EndpointsConfig = new Dictionary<string, EndpointSettings>(StringComparer.Ordinal) { [job.Plan.OwnNetwork] = new() { Aliases = [Host] } },
            },
        };
    }

    private async Task StartAsync(string id, string image, CancellationToken cancel)
    {
        var output = new EngineOutput(image, Port);
        job.Owns(await AttachedContainer.ListenAsync(job.Client, id, Place, output.Take, cancel).ConfigureAwait(false));
        await job.Client.Containers.StartContainerAsync(id, new ContainerStartParameters(), cancel).ConfigureAwait(false);

        // Whether the engine of the host lets this be done, the job was told when it started.
        await new AddressDenial(job).ApplyAsync(id, isHeld: false, cancel).ConfigureAwait(false);
        try
        {
            await output.Ready.WaitAsync(DockerLimits.RemoteDocker, TimeProvider.System, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new SandboxException($"The job's container engine ({image}) was not ready within {DockerLimits.RemoteDocker.TotalSeconds} seconds.");
        }
    }

    private async Task<string> BringCertificatesAsync(string id, CancellationToken cancel)
    {
        var folder = $"{agent.Hello.TaskFolder}/remote-docker";
        var archive = await job.Client.Containers.GetArchiveFromContainerAsync(id, new ContainerPathStatParameters { Path = $"{Certificates}/client" }, false, cancel).ConfigureAwait(false);
        using var tar = archive.Stream ?? throw new SandboxException("The job's container engine made no certificates.");
        await new AgentFiles(agent).PutAsync(new PutTar { Directory = folder }, tar, cancel).ConfigureAwait(false);
        return folder + "/client";
    }
}
