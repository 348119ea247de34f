using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Sandboxes.Docker;

namespace Ringfence.Cli.Run.Driving;

/// <summary>Removes what runs that were killed have left on this machine. Container engines are asked only when such a run has noted that it had something there.</summary>
internal sealed class DeadRuns(ScratchFolders scratch, TimeProvider clock)
{
    // An engine that takes longer to answer is left to a later run.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Removes it.</summary>
    public async Task<SweptFolders> SweepAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (removed, full) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var engine in scratch.EnginesLeft(now).Order(StringComparer.Ordinal))
        {
            if (await SweepAsync(engine, cancel) is { } lines)
                removed.AddRange(lines);
            else
                full.Add(engine);
        }

        var folders = scratch.Sweep(now, full);
        return folders with { Removed = [.. removed, .. folders.Removed] };
    }

    private async Task<IReadOnlyList<string>?> SweepAsync(string engine, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            return await new DockerSandboxProvider(new DockerOptions { Host = engine }).SweepAsync(either.Token);
        }
        catch (SandboxException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }
}
