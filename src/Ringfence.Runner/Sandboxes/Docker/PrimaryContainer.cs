using Docker.DotNet.Models;
using Ringfence.Protocol;
using Ringfence.Runner.Agents;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>The container in which the steps run: the agent is its process, or runs beside the process that the image or the config keeps (EX-9.2).</summary>
internal sealed class PrimaryContainer(DockerJob job, ImageInspectResponse image, Action<SandboxReport> report)
{
    private readonly ContainerRequest _request = job.Request.Containers[0];
    private readonly bool _keepsProcess = ContainerPlan.KeepsProcess(job.Request.Containers[0], image);

    /// <summary>The container, once it is made.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Makes and starts it, and opens the way to an agent that will greet.</summary>
    public async Task<AgentStream> StartAsync(CancellationToken cancel)
    {
        try
        {
            Id = await job.CreateWithAgentAsync(Plan, cancel).ConfigureAwait(false);
            return _keepsProcess ? await StartBesideAsync(cancel).ConfigureAwait(false) : await StartAgentAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (EngineFailures.IsOfEngine(e))
        {
            if (await HasEndedAsync(cancel).ConfigureAwait(false))
                throw Ended();
            throw EngineFailures.Of($"The container of {_request.Image} could not be started", e);
        }
    }

    /// <summary>Removes it, so that it can be made anew.</summary>
    public async Task RemoveAsync(CancellationToken cancel)
    {
        if (Id.Length > 0)
            await job.Client.Containers.RemoveContainerAsync(Id, new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, cancel).ConfigureAwait(false);
        Id = "";
    }

    /// <summary>Closes addresses to all containers of the job. Where the container keeps its process it is done already.</summary>
    public Task DenyAddressesAsync(CancellationToken cancel) => _keepsProcess ? Task.CompletedTask : DenyAsync(cancel);

    /// <summary>Waits for the agent's greeting.</summary>
    public async Task<AgentConnection> GreetAsync(AgentStream stream, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(DockerLimits.Greeting, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            return await AgentConnection.OpenAsync(stream, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new SandboxException($"The agent did not start within {DockerLimits.Greeting.TotalSeconds} seconds in {_request.Image}.");
        }
        catch (Exception e) when (e is ProtocolException || EngineFailures.IsOfEngine(e))
        {
            // The process may end at any moment, also between the agent's start and its greeting.
            if (await HasEndedAsync(cancel).ConfigureAwait(false))
                throw Ended();
            throw new SandboxException($"The agent could not start in {_request.Image}: {(stream.Errors.Length > 0 ? stream.Errors : e.Message)}", e);
        }
    }

    private async Task DenyAsync(CancellationToken cancel)
    {
        if (job.Request.HasNetwork && await new AddressDenial(job).ApplyAsync(Id, _keepsProcess, cancel).ConfigureAwait(false) is { Length: > 0 } whyNot)
            report(new SandboxReport.Line(AddressDenial.Tell(whyNot), IsGap: true));
    }

    private CreateContainerParameters Plan(bool mountsAgent) => _keepsProcess ? job.Plan.PrimaryWithProcess(mountsAgent, image) : job.Plan.Primary(mountsAgent);

    private async Task<AgentStream> StartAgentAsync(CancellationToken cancel)
    {
        var all = new ContainerAttachParameters { Stream = true, Stdin = true, Stdout = true, Stderr = true };
        var stream = job.Owns(new AgentStream(await job.Client.Containers.AttachContainerAsync(Id, all, cancel).ConfigureAwait(false)));
        await job.Client.Containers.StartContainerAsync(Id, new ContainerStartParameters(), cancel).ConfigureAwait(false);
        job.EndsByItself = Id;
        return stream;
    }

    private async Task<AgentStream> StartBesideAsync(CancellationToken cancel)
    {
        job.Owns(await AttachedContainer.ListenAsync(job.Client, Id, 1, report, cancel).ConfigureAwait(false));
        await job.Client.Containers.StartContainerAsync(Id, new ContainerStartParameters(), cancel).ConfigureAwait(false);
        await DenyAsync(cancel).ConfigureAwait(false);
        var agent = new ContainerExecCreateParameters
        {
            AttachStdin = true,
            AttachStdout = true,
            AttachStderr = true,
            User = _request.User ?? "",
            Cmd = ContainerPlan.AgentCommand,
            Env = ContainerPlan.AgentEnvironment(_request, image),
        };
        var made = await job.Client.Exec.CreateContainerExecAsync(Id, agent, cancel).ConfigureAwait(false);
        return job.Owns(new AgentStream(await job.Client.Exec.StartContainerExecAsync(made.ID, new ContainerExecStartParameters(), cancel).ConfigureAwait(false)));
    }

    /// <summary>Whether the process that the container keeps ran and is over. One that could not be started never ran.</summary>
    private async Task<bool> HasEndedAsync(CancellationToken cancel)
    {
        if (!_keepsProcess || Id.Length == 0)
            return false;
        using var limit = new CancellationTokenSource(DockerLimits.LastMoments, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            // The engine closes the agent's stream a moment before it writes down that the container has ended.
            await job.Client.Containers.WaitContainerAsync(Id, either.Token).ConfigureAwait(false);
            return (await job.Client.Containers.InspectContainerAsync(Id, cancel).ConfigureAwait(false)).State?.Status is "exited" or "dead";
        }
        catch (Exception e) when (EngineFailures.IsOfEngine(e) || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }

    private SandboxException Ended() => new(
        $"The process of the primary container {_request.Image} has ended, but it must run as long as the job.",
        "Leave 'entrypoint' and 'command' of the first image out, or give a process that does not end.",
        isFaultOfJob: true);
}
