using System.Collections.Immutable;
using Ringfence.Runner.Sandboxes;

namespace Ringfence.Runner.Jobs;

/// <summary>The background steps of a job's containers. Reports come from any thread; the job begins and ends the steps from one.</summary>
internal sealed class ServiceLogs(JobLog log, ImmutableArray<ContainerRequest> containers)
{
    private readonly ImmutableArray<ServiceLog> _logs = [.. containers.Select(container => new ServiceLog(container))];

    /// <summary>Takes what a sandbox reports of its containers.</summary>
    public void Take(SandboxReport said)
    {
        switch (said)
        {
            case SandboxReport.ServiceOutput { Container: var place, Data: var data }:
                _logs.ElementAtOrDefault(place - 1)?.Take(data);
                break;
            case SandboxReport.ServiceEnded { Container: var place, ExitCode: var code }:
                _logs.ElementAtOrDefault(place - 1)?.TakeEnd(code);
                break;
        }
    }

    /// <summary>Begins a step for each service, in the order of the config; and for the primary container when it has a process of its own (EX-9.2).</summary>
    public async Task BeginAsync()
    {
        for (var i = 0; i < _logs.Length; i++)
        {
            if (i > 0 || _logs[i].IsUsed || containers[i].Entrypoint is not null || containers[i].Command is not null)
                await _logs[i].BeginAsync(log).ConfigureAwait(false);
        }
    }

    /// <summary>Ends all steps. What was printed but had no step yet, as when the sandbox did not start, gets one. What comes later is dropped. Safe twice.</summary>
    public async Task EndAsync()
    {
        foreach (var service in _logs)
        {
            if (service.IsUsed)
                await service.BeginAsync(log).ConfigureAwait(false);
            await service.EndAsync().ConfigureAwait(false);
        }
    }
}
