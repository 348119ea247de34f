using System.Collections.Immutable;

namespace Ringfence.Cli.Doctor.Isolation;

/// <summary>One thing that the thief tries.</summary>
/// <param name="Name">Its name, also in JSON.</param>
/// <param name="Title">What it is after.</param>
/// <param name="Advice">What to do when it is found.</param>
internal sealed record IsolationProbe(string Name, string Title, string Advice)
{
    private const string OwnNetwork = "Give jobs networks of their own: containers, or bubblewrap with slirp4netns (apt-get install slirp4netns) and without 'host_network'.";
    private const string OtherSandbox = "Give jobs with secrets another sandbox: containers, or bubblewrap.";

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static ImmutableArray<IsolationProbe> All { get; } =
    [
        new("process-environment", "environment of processes outside", OtherSandbox),
        new("process-memory", "memory of processes outside", OtherSandbox),
        new("runner-memory", "memory of the runner", OtherSandbox),
        new("agent-memory", "memory of the agent", "A step can read what earlier steps of its job were given; fences between steps do not hold here."),
        new("process-signals", "signals to processes outside", OtherSandbox),
        new("engine-socket", "socket of the container engine", "Keep the socket out of jobs, and its TCP port closed: who has it has the machine."),
        new("keep-files", "files of the keep", OtherSandbox),
        new("home-files", "home folder of the user", OtherSandbox),
        new("kernel-keys", "keys that the kernel keeps for the user", OtherSandbox),
        new("system-secrets", "files that not everybody may read", "Run Ringfence as a user of its own, not as root."),
        new("system-writes", "files of the system and the kernel", OtherSandbox),
        new("mounts", "mounting", OtherSandbox),
        new("devices", "block devices and kernel memory", OtherSandbox),
        new("leftovers", "leftovers of an earlier job", OtherSandbox),
        new("other-job", "files and variables of another job", OtherSandbox),
        new("other-job-port", "ports of another job", OwnNetwork),
        new("host-services", "services on this machine's loopback", OwnNetwork),
        new("metadata", "cloud metadata service", "The log of a job's first step says why it is not closed. Take 'allowed_addresses' out of the settings, ask the cloud to require a hop limit of 1, or use --no-network."),
    ];

    /// <summary>The probe of a name.</summary>
    public static IsolationProbe? Find(string name) => All.FirstOrDefault(p => p.Name == name);
}
