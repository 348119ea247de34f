using Ringfence.Runner.Agents;

namespace Ringfence.Runner.Steps;

/// <summary>Ends a process of the sandbox: kindly, then by force.</summary>
internal sealed class ProcessKill(AgentProcess process, TimeProvider clock) : IDisposable
{
    private const int Terminate = 15;
    private const int Kill = 9;

    private ITimer? _grace;

    /// <summary>Asks it to end, and kills it when the grace is over.</summary>
    public void WithGrace(TimeSpan grace)
    {
        Send(Terminate);
        _grace ??= clock.CreateTimer(_ => Send(Kill), null, grace, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Kills it.</summary>
    public void Now() => Send(Kill);

    public void Dispose() => _grace?.Dispose();

    // The reader of the output sees the end; that a signal comes too late does not matter.
    private void Send(int signal) => _ = process.SignalAsync(signal, CancellationToken.None)
        .ContinueWith(static sent => _ = sent.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
