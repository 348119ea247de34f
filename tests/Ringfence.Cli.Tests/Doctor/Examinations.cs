using Ringfence.Cli.Doctor;

namespace Ringfence.Cli.Tests.Doctor;

/// <summary>Machines to look at.</summary>
internal static class Examinations
{
    private static readonly Finding Git = Finding.Ok("git", "git version 2.47.3");
    private static readonly Finding Agent = Finding.Ok("agent", "/usr/lib/ringfence/agent/ringfence-agent");
    private static readonly Finding State = Finding.Ok("state folder", "/home/ada/.local/state/ringfence");

    /// <summary>One with everything.</summary>
    public static Examination Good { get; } = new()
    {
        Containers = Finding.Ok("container engine", "Docker 28.2.2 at unix:///var/run/docker.sock"),
        Processes = Finding.Ok("bubblewrap", "bubblewrap at /usr/bin/bwrap"),
        Needed = [Git, Agent, State],
        Others = [MachineFindings.Resources(new MachineFacts(8, 16L << 30, 2, [])), MachineFindings.Limits(new MachineFacts(8, 0, 2, ["cpu", "memory", "pids"]))],
    };

    /// <summary>One on which some jobs run.</summary>
    public static Examination Fair { get; } = Good with
    {
        Processes = Finding.Missing("bubblewrap", "bubblewrap is not installed", "Install it: apt-get install bubblewrap"),
        Others = [Finding.Warning("disk space", "only 1.2 GiB free for /home/zoë/state\u001b[2J", "Make room: ringfence cache prune --max-size 1GB"), MachineFindings.Limits(new MachineFacts(1, 0, 0, []))],
    };

    /// <summary>One on which none runs.</summary>
    public static Examination Bad { get; } = Fair with
    {
        Needed = [Finding.Missing("git", "git is not installed", "Install it: apt-get install git"), Agent, State],
        Others = [],
    };
}
