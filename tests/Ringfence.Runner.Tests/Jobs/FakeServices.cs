using Ringfence.Runner.Sandboxes;

namespace Ringfence.Runner.Tests.Jobs;

/// <summary>Starts real sandboxes, and lets a test say what their containers report.</summary>
internal sealed class FakeServices(ISandboxProvider inner) : ISandboxProvider
{
    public string Name => "fake";

    /// <summary>What is reported before the sandbox has started.</summary>
    public IReadOnlyList<SandboxReport> Early { get; init; } = [];

    /// <summary>Why the sandbox does not start; null when it does.</summary>
    public SandboxException? Failure { get; init; }

    /// <summary>The sandbox, once it has started.</summary>
    public ISandbox? Started { get; private set; }

    /// <summary>Reports something from now on.</summary>
    public Action<SandboxReport> Report { get; private set; } = _ => { };

    public Task<SandboxCheck> CheckAsync(CancellationToken cancel) => inner.CheckAsync(cancel);

    public async Task<ISandbox> StartAsync(SandboxRequest request, Action<SandboxReport> report, CancellationToken cancel)
    {
        Report = report;
        foreach (var said in Early)
            report(said);
        return Failure is null ? Started = await inner.StartAsync(request, report, cancel) : throw Failure;
    }

    public Task<IReadOnlyList<string>> SweepAsync(CancellationToken cancel) => inner.SweepAsync(cancel);
}
