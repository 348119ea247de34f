using Ringfence.Runner.Caches;
using Ringfence.Runner.TestResults;
using Ringfence.Runner.Workspaces;

namespace Ringfence.Runner.Blobs;

/// <summary>All stores of one folder, made to work together.</summary>
public sealed class LocalStores
{
    /// <param name="root">The folder; it is made when something is stored.</param>
    /// <param name="clock">Decides on what has expired.</param>
    /// <param name="limits">How much the caches may take, and for how long things are kept.</param>
    public LocalStores(string root, TimeProvider clock, StoreLimits limits)
    {
        Blobs = new BlobStore(root, clock);
        Caches = new CacheStore(Blobs, clock, limits);
        Workspaces = new WorkspaceStore(Blobs, clock, limits);
        Timings = new TimingsStore(root);
        TestResults = new TestResultStore(root, clock, limits);
        SecretDigests = new SecretDigests(root);
    }

    /// <summary>The contents.</summary>
    public BlobStore Blobs { get; }

    /// <summary>Caches of projects.</summary>
    public CacheStore Caches { get; }

    /// <summary>Workspaces of workflows.</summary>
    public WorkspaceStore Workspaces { get; }

    /// <summary>How long tests took.</summary>
    public TimingsStore Timings { get; }

    /// <summary>Test results of workflows.</summary>
    public TestResultStore TestResults { get; }

    /// <summary>What stands for secrets in the keys of caches.</summary>
    public SecretDigests SecretDigests { get; }

    /// <summary>Removes what has expired and what is damaged, and then all that nothing names any more; gives back the bytes freed.</summary>
    public async Task<PruneResult> PruneAsync(CancellationToken cancel)
    {
        var damaged = await Blobs.RemoveDamagedAsync(cancel);
        var caches = await Caches.PruneAsync(cancel);
        var layers = await Workspaces.PruneAsync(cancel);
        await TestResults.PruneAsync(cancel);
        return new PruneResult(caches, layers, damaged.Length, await Blobs.SweepAsync(cancel));
    }
}
