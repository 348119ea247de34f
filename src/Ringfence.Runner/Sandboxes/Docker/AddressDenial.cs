using Docker.DotNet.Models;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>Closes <see cref="DeniedAddresses"/> in the network of a container, from outside: by the agent, with rights that nothing else in the container gets.</summary>
internal sealed class AddressDenial(DockerJob job)
{
    private const string Root = "0";

    /// <summary>Closes them.</summary>
    /// <param name="container">A container that runs and has the agent.</param>
    /// <param name="isHeld">Whether its program waits for this (<see cref="ContainerPlan.PrimaryWithProcess"/>). It goes on whatever comes of it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Why they are open; empty when they are closed.</returns>
    public async Task<string> ApplyAsync(string container, bool isHeld, CancellationToken cancel)
    {
        string[] release = isHeld ? [ContainerPlan.Release] : [];
        string[] words = [.. release, .. DeniedAddresses.ToArguments(job.Request.AllowedAddresses)];
        var whyNot = await FromHereAsync(container, words, cancel).ConfigureAwait(false) ?? await TryAsync(container, words, isPrivileged: true, cancel).ConfigureAwait(false);
        if (whyNot is null && isHeld)
            await TryAsync(container, release, isPrivileged: false, cancel).ConfigureAwait(false);
        return whyNot ?? "the container engine starts nothing with rights in it";
    }

    /// <summary>The line of the log that says so.</summary>
    public static string Tell(string whyNot) => $"What clouds tell their machines, such as their credentials at 169.254.169.254, is not closed to this job: {whyNot}.";

    /// <summary>Without the engine, which takes some ten times as long to start a process: where this is root and the container is on this machine.</summary>
    /// <returns>What went wrong in the agent; empty when nothing did, and null when it was not started.</returns>
    private async Task<string?> FromHereAsync(string container, string[] words, CancellationToken cancel)
    {
        if (!Environment.IsPrivilegedProcess || ProgramPath.Find("nsenter", ProgramPath.Usual) is not { } enter)
            return null;
        using var limit = new CancellationTokenSource(DockerLimits.Greeting, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            var state = (await job.Client.Containers.InspectContainerAsync(container, either.Token).ConfigureAwait(false)).State;
            using var network = NetworkNamespace.OfContainer(state?.Pid ?? 0, container);
            if (network is null)
                return null;
            var (isStarted, whyNot) = await AgentInNetwork.RunAsync(enter, network, job.Request.AgentFolder, words, either.Token).ConfigureAwait(false);
            return isStarted ? whyNot : null;
        }
        catch (Exception e) when (EngineFailures.IsOfEngine(e) || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>By the engine, in the container.</summary>
    /// <returns>What went wrong in it; empty when nothing did, and null when it was not started.</returns>
    private async Task<string?> TryAsync(string container, IEnumerable<string> arguments, bool isPrivileged, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(DockerLimits.Greeting, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            var plan = new ContainerExecCreateParameters { AttachStdout = true, AttachStderr = true, Privileged = isPrivileged, User = Root, WorkingDir = "/", Cmd = [ContainerPlan.Agent, .. arguments] };
            var made = await job.Client.Exec.CreateContainerExecAsync(container, plan, either.Token).ConfigureAwait(false);
            using var output = await job.Client.Exec.StartContainerExecAsync(made.ID, new ContainerExecStartParameters(), either.Token).ConfigureAwait(false);
            var (_, errors) = await output.ReadOutputToEndAsync(either.Token).ConfigureAwait(false);
            var end = await job.Client.Exec.InspectContainerExecAsync(made.ID, either.Token).ConfigureAwait(false);

            // When the engine cannot start it, it says so where the program would.
            return end.ExitCode switch { 0 => "", 1 => AgentInNetwork.OneLine(errors), _ => null };
        }
        catch (Exception e) when (EngineFailures.IsOfEngine(e) || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }
}
