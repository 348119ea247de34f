using Docker.DotNet;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>Finds the container engine of this machine.</summary>
internal static class EngineAddress
{
    private const string Unix = "unix";

    /// <summary>Where the engine is, or should be: as given, as the <c>docker</c> command finds it, or the socket of Podman.</summary>
    /// <exception cref="SandboxException">The user's settings name an engine that cannot be used.</exception>
    public static Uri Find(DockerOptions options)
    {
        var told = options.Host ?? Environment.GetEnvironmentVariable("DOCKER_HOST");
        if (!string.IsNullOrEmpty(told))
            return Uri.TryCreate(told, UriKind.Absolute, out var address) ? address : throw new SandboxException($"'{told}' is not the address of a container engine.", "Set DOCKER_HOST to an address such as unix:///var/run/docker.sock.");

        var usual = OfDocker();
        return IsThere(usual) ? usual : Sockets().Select(path => new Uri($"{Unix}://{path}")).FirstOrDefault(IsThere, usual);
    }

    /// <summary>A client for it. It connects when it is used.</summary>
    /// <exception cref="SandboxException">The address is of a kind that cannot be used.</exception>
    public static DockerClient Connect(Uri address)
    {
        try
        {
            return new DockerClientBuilder().WithEndpoint(address).Build();
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new SandboxException($"A container engine at {address} cannot be used: only unix and tcp addresses can.", e);
        }
    }

    // The context that the user has chosen, or the usual socket.
    private static Uri OfDocker()
    {
        try
        {
            return DockerConfig.Instance.GetEndpoint();
        }
        catch (Exception e) when (e is DockerConfigurationException or IOException or UnauthorizedAccessException)
        {
            throw new SandboxException($"The settings of the docker command cannot be used: {e.Message}", e);
        }
    }

    private static IEnumerable<string> Sockets()
    {
        if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } own)
        {
            yield return Path.Combine(own, "docker.sock");
            yield return Path.Combine(own, "podman/podman.sock");
        }

        yield return "/run/podman/podman.sock";
    }

    private static bool IsThere(Uri address) => address.Scheme != Unix || File.Exists(address.LocalPath);
}
