namespace Ringfence.Runner.Sandboxes;

/// <summary>Makes sandboxes of one kind.</summary>
public interface ISandboxProvider
{
    /// <summary>The kind as a user names it: <c>docker</c>, <c>process</c>.</summary>
    string Name { get; }

    /// <summary>Whether sandboxes can be made on this machine.</summary>
    Task<SandboxCheck> CheckAsync(CancellationToken cancel);

    /// <summary>The same for somebody who is about to use it: it may say less, and takes no time to speak of.</summary>
    Task<SandboxCheck> FindAsync(CancellationToken cancel) => CheckAsync(cancel);

    /// <summary>Makes and starts one.</summary>
    /// <param name="request">What it should be like.</param>
    /// <param name="report">Gets what goes on: lines for the log of "Spin up environment" and the output of services.</param>
    /// <param name="cancel">Gives up; what was made so far is removed.</param>
    /// <exception cref="SandboxException">It cannot be had, with the reason in one sentence.</exception>
    Task<ISandbox> StartAsync(SandboxRequest request, Action<SandboxReport> report, CancellationToken cancel);

    /// <summary>Removes what runs that were killed have left behind, and never what a living run uses.</summary>
    /// <returns>A line for each thing that was removed.</returns>
    Task<IReadOnlyList<string>> SweepAsync(CancellationToken cancel);
}
