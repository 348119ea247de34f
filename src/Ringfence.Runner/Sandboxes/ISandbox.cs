using Ringfence.Runner.Agents;

namespace Ringfence.Runner.Sandboxes;

/// <summary>A place where one job runs, started and with an agent in it.</summary>
/// <remarks>Disposing it MUST leave nothing behind: no container, network, mount, process or folder. It is safe twice and takes at most some seconds.</remarks>
public interface ISandbox : IAsyncDisposable
{
    /// <summary>The agent inside. The sandbox owns the connection.</summary>
    AgentConnection Agent { get; }

    /// <summary>Starts a private container engine that the job alone can reach (EX-7.20), and gives the variables that a client in the job needs.</summary>
    /// <exception cref="SandboxException">There is none for this kind of sandbox.</exception>
    Task<IReadOnlyDictionary<string, string>> StartRemoteDockerAsync(string version, CancellationToken cancel);
}
