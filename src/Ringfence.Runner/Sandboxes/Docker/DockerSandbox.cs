using Ringfence.Runner.Agents;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>The started containers of one job.</summary>
internal sealed class DockerSandbox(DockerJob job, AgentConnection agent, DockerOptions options) : ISandbox
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private IReadOnlyDictionary<string, string>? _remote;

    public AgentConnection Agent => agent;

    public async Task<IReadOnlyDictionary<string, string>> StartRemoteDockerAsync(string version, CancellationToken cancel)
    {
        await _starting.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            // Once a job is enough (EX-7.24).
            return _remote ??= await new RemoteDocker(job, agent, options).StartAsync(version, cancel).ConfigureAwait(false);
        }
        finally
        {
            _starting.Release();
        }
    }

    public ValueTask DisposeAsync() => job.DisposeAsync();
}
