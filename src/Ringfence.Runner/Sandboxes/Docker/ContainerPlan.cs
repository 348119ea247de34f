using System.Globalization;
using Docker.DotNet.Models;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>Works out how the containers of a job are made. It asks the engine nothing.</summary>
/// <remarks>
/// The primary container is the first and owns the network, which the others join: so every port is at localhost for all (EX-9.1), and no further image is
/// needed only to hold the network. They also share its /etc/hosts, where the names of all of them are.
/// </remarks>
internal sealed class ContainerPlan(SandboxRequest request, RunOwner owner)
{
    /// <summary>Where the agent lies in the primary container.</summary>
    public const string AgentFolder = "/opt/ringfence";

    /// <summary>The agent in a container that has it.</summary>
    public const string Agent = AgentFolder + "/ringfence-agent";

    /// <summary>What the agent is called with to let a held process start.</summary>
    public const string Release = "--release";

    private const string Hold = "--hold";
    private const string KeepsEntrypoint = "com.circleci.preserve-entrypoint";
    private const string Ramdisk = "/mnt/ramdisk";
    private const double Nano = 1e9;

    /// <summary>What starts the agent.</summary>
    public static readonly string[] AgentCommand = [Agent, "--serve"];

    /// <summary>The labels of everything that belongs to the job.</summary>
    public Dictionary<string, string> Labels => DockerLabels.Of(request, owner);

    /// <summary>The network of the job's containers: one in which the engine keeps jobs apart, or the job's own. Otherwise the jobs of a machine could reach each other.</summary>
    public string Network { get; set; } = "";

    /// <summary>The name of a network for this job alone.</summary>
    public string OwnNetwork { get; } = $"ringfence-{request.RunId}-{request.Id}";

    /// <summary>How much of the processors it may use. The engine refuses more than there are.</summary>
    public long NanoProcessors => (long)(Math.Min(request.Processors, Environment.ProcessorCount) * Nano);

    /// <summary>The name of a container; its place counts from 1.</summary>
    public string NameOf(int place) => string.Create(CultureInfo.InvariantCulture, $"ringfence-{request.RunId}-{request.Id}-{place}");

    /// <summary>Whether the primary container runs a process of its own beside the agent (EX-9.2).</summary>
    public static bool KeepsProcess(ContainerRequest container, ImageInspectResponse image) =>
        container.Entrypoint is not null || container.Command is not null
        || (image.Config?.Labels is { } labels && labels.TryGetValue(KeepsEntrypoint, out var text) && text == "true");

    /// <summary>The primary container with the agent as its process.</summary>
    public CreateContainerParameters Primary(bool mountsAgent)
    {
        var plan = Any(request.Containers[0], 1);
        plan.Entrypoint = AgentCommand;
        plan.Cmd = [];
        (plan.OpenStdin, plan.StdinOnce, plan.AttachStdin, plan.AttachStdout, plan.AttachStderr) = (true, true, true, true, true);
        AsPrimary(plan.HostConfig!, mountsAgent);
        return plan;
    }

    /// <summary>The primary container with its own process (EX-9.2), which alone gets the variables of the config (EX-8.1).</summary>
    /// <remarks>
    /// The config chooses the process, and it would run before addresses are closed to it. So with a network the agent starts in its place, and becomes that process
    /// when it is let go on.
    /// </remarks>
    public CreateContainerParameters PrimaryWithProcess(bool mountsAgent, ImageInspectResponse image)
    {
        var plan = WithProcess(request.Containers[0], 1);
        AsPrimary(plan.HostConfig!, mountsAgent);
        if (!request.HasNetwork)
            return plan;

        // As the engine puts them together: an entrypoint of one's own goes without the image's command.
        var command = plan.Cmd ?? (plan.Entrypoint is null ? image.Config?.Cmd : null) ?? [];
        string[] whole = [.. plan.Entrypoint ?? image.Config?.Entrypoint ?? [], .. command];
        if (whole.Length > 0)
            (plan.Entrypoint, plan.Cmd) = ([Agent, Hold], whole);
        return plan;
    }

    /// <summary>A service container in the network of the primary one (EX-9.1, EX-9.3).</summary>
    public CreateContainerParameters Service(ContainerRequest container, int place, string primary)
    {
        var plan = WithProcess(container, place);
        plan.HostConfig!.NetworkMode = "container:" + primary;
        return plan;
    }

    /// <summary>The variables with which the agent starts beside the container's own process: those that only that process gets are taken away, or are as the image has them.</summary>
    public static IList<string> AgentEnvironment(ContainerRequest container, ImageInspectResponse image)
    {
        // To the engine a name alone means that the variable is removed.
        var ofImage = (image.Config?.Env ?? []).ToLookup(variable => variable.Split('=', 2)[0], StringComparer.Ordinal);
        return [.. container.Environment.Select(variable => ofImage[variable.Name].LastOrDefault() ?? variable.Name)];
    }

    private CreateContainerParameters WithProcess(ContainerRequest container, int place)
    {
        var plan = Any(container, place);
        plan.Env = [.. container.Environment.Select(variable => $"{variable.Name}={variable.Text}")];
        if (container.Entrypoint is { } entrypoint)
            plan.Entrypoint = [.. entrypoint];
        if (container.Command is { } command)
            plan.Cmd = [.. command];
        (plan.AttachStdout, plan.AttachStderr) = (true, true);
        return plan;
    }

    private CreateContainerParameters Any(ContainerRequest container, int place) => new()
    {
        Name = NameOf(place),
        Image = container.Image,
        User = container.User ?? "",
        Labels = Labels,

        // The image's own check would run before addresses are closed, beside what closes them with rights of its own, and read the variables of steps: the engine stores what
        // it prints, past the gate. CircleCI waits for none either.
        Healthcheck = new HealthcheckConfig { Test = ["NONE"] },
        HostConfig = new HostConfig
        {
            // What a job prints goes through the runner and is not stored beside it.
            LogConfig = new LogConfig { Type = "none" },
            RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.No },
            PidsLimit = DockerLimits.Processes,

            // The engine knows no budget for several containers, so each may take all of it (EX-9.6). No swap: beyond the limit is beyond the limit.
            NanoCPUs = NanoProcessors,
            Memory = request.MemoryBytes,
            MemorySwap = request.MemoryBytes,
        },
    };

    /// <summary>Gives a container the agent's files, where the engine sees those of this machine.</summary>
    public void MountAgent(HostConfig host) => host.Mounts = [new Mount { Type = "bind", Source = request.AgentFolder, Target = AgentFolder, ReadOnly = true }];

    private void AsPrimary(HostConfig host, bool mountsAgent)
    {
        host.NetworkMode = request.HasNetwork ? Network : "none";
        host.ExtraHosts = [.. request.Containers.Select(c => c.Name).OfType<string>().Distinct(StringComparer.Ordinal).Select(name => $"{name}:127.0.0.1")];
        host.Tmpfs = new Dictionary<string, string>(StringComparer.Ordinal) { [Ramdisk] = RamdiskOptions() };
        if (mountsAgent)
            MountAgent(host);
    }

    private string RamdiskOptions()
    {
        const string Usual = "rw,exec,nosuid,nodev,mode=1777";
        return request.MemoryBytes > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Usual},size={request.MemoryBytes}") : Usual;
    }
}
