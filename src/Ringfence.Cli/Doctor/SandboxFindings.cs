using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Sandboxes.Docker;
using Ringfence.Runner.Sandboxes.Process;

namespace Ringfence.Cli.Doctor;

/// <summary>Looks for the kinds of sandboxes that can be had.</summary>
internal static class SandboxFindings
{
    private const int MostShown = 5;

    /// <summary>The container engine.</summary>
    public static async Task<Finding> ContainersAsync(ISandboxProvider engine, CancellationToken cancel) =>
        Of("container engine", await engine.CheckAsync(cancel), " On Debian and Ubuntu: apt-get install docker.io");

    /// <summary>What stays in the container engine on purpose.</summary>
    public static async Task<Finding> NetworkAsync(DockerSandboxProvider engine, CancellationToken cancel) => Finding.Ok(
        "network of jobs",
        await engine.FindNetworkAsync(cancel) is { } name ? $"{name} stays in the container engine for jobs to come; 'docker network rm {name}' removes it" : "is made by the first job in a container");

    /// <summary>What killed runs have left in the container engine. It is only looked at.</summary>
    public static async Task<Finding> LeftoversAsync(DockerSandboxProvider engine, CancellationToken cancel)
    {
        const string Name = "engine leftovers";
        var left = await engine.FindLeftoversAsync(cancel);
        return left.Count == 0
            ? Finding.Ok(Name, "none of killed runs")
            : Finding.Warning(Name, $"of killed runs: {string.Join(", ", left.Take(MostShown))}{(left.Count > MostShown ? $", and {left.Count - MostShown} more" : "")}", "The next 'ringfence run' with a job in a container removes them.");
    }

    /// <summary>The fence around processes.</summary>
    public static async Task<Finding> ProcessesAsync(Surroundings surroundings, CancellationToken cancel) =>
        Of("bubblewrap", await new ProcessSandboxProvider(fenced: true, surroundings.Variable("PATH") ?? "").CheckAsync(cancel), "");

    /// <summary>The networks of fenced jobs.</summary>
    public static Finding FencedNetwork(Surroundings surroundings)
    {
        const string Name = "fence network";
        var check = new ProcessSandboxProvider(fenced: true, surroundings.Variable("PATH") ?? "").CheckNetwork();
        return check.IsAvailable
            ? Finding.Ok(Name, $"fenced jobs have networks of their own: {check.Description}")
            : Finding.Warning(Name, $"fenced jobs share the network of this machine, its loopback address and metadata service: {check.Description}", check.Hint);
    }

    private static Finding Of(string name, SandboxCheck check, string how) =>
        check.IsAvailable ? Finding.Ok(name, check.Description) : Finding.Missing(name, check.Description, (check.Hint + how).Trim());
}
