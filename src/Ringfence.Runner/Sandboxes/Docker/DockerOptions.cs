namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>How sandboxes in containers are made. The defaults fit a machine with Docker or Podman.</summary>
public sealed record DockerOptions
{
    /// <summary>The engine's address, such as <c>unix:///var/run/docker.sock</c>; null to look for it as the <c>docker</c> command does, and then for Podman.</summary>
    public string? Host { get; init; }

    /// <summary>What the label of the network says that jobs share and that stays when they end.</summary>
    public string Network { get; init; } = "jobs";

    /// <summary>The image of a job's private engine (EX-7.20), for every version; null to take Docker's own image of the version that the job names.</summary>
    /// <remarks>It MUST behave as Docker's own does: certificates appear in <c>/certs/client</c> when <c>DOCKER_TLS_CERTDIR</c> is <c>/certs</c>, and the engine then listens at port 2376 and says so.</remarks>
    public string? RemoteDockerImage { get; init; }
}
