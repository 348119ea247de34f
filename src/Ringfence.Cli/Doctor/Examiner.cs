using Ringfence.Cli.Doctor.Isolation;
using Ringfence.Cli.Local;
using Ringfence.Runner.Sandboxes.Docker;

namespace Ringfence.Cli.Doctor;

/// <summary>Looks at all of this machine that running jobs needs. It changes nothing.</summary>
internal static class Examiner
{
    /// <summary>Looks.</summary>
    public static async Task<Examination> LookAsync(Surroundings surroundings, CancellationToken cancel)
    {
        var engine = new DockerSandboxProvider(new DockerOptions { Host = surroundings.Variable("DOCKER_HOST") });
        var containers = SandboxFindings.ContainersAsync(engine, cancel);
        var leftovers = SandboxFindings.LeftoversAsync(engine, cancel);
        var network = SandboxFindings.NetworkAsync(engine, cancel);
        var processes = SandboxFindings.ProcessesAsync(surroundings, cancel);
        var state = LocalState.Of(surroundings);
        var machine = MachineFacts.Read("/");
        return new Examination
        {
            Containers = await containers,
            Processes = await processes,
            Needed = [ToolFindings.Git(surroundings), ToolFindings.Agent(surroundings), StateFindings.Writable(state)],
            Others =
            [
                SandboxFindings.FencedNetwork(surroundings),
                await network,
                StateFindings.Space(state),
                StateFindings.Leftovers(state, surroundings.Clock.GetUtcNow()),
                await leftovers,
                KeepFindings.Keys(state, surroundings),
                MachineFindings.Resources(machine),
                MachineFindings.Limits(machine),
                IsolationFindings.Last(state),
                ToolFindings.ConfigOf(surroundings),
            ],
        };
    }
}
