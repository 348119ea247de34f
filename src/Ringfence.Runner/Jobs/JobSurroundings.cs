using Ringfence.Gate.Policies;
using Ringfence.Runner.Artifacts;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.Checkout;

namespace Ringfence.Runner.Jobs;

/// <summary>What the jobs of a run use of the machine they run on.</summary>
/// <param name="Stores">Caches, workspaces, timings.</param>
/// <param name="Artifacts">The artifacts of the run.</param>
/// <param name="Source">The code that is checked out.</param>
/// <param name="Clock">The time.</param>
public sealed record JobSurroundings(LocalStores Stores, ArtifactStore Artifacts, SourceSnapshot Source, TimeProvider Clock)
{
    /// <summary>What happens to secrets that are about to leave a job.</summary>
    public GatePolicy Gate { get; init; } = GatePolicy.Default;

    /// <summary>Called when the steps of a job are over and before its sandbox goes, which waits for it; null for nothing.</summary>
    public Func<EndedJob, Task>? AtEnd { get; init; }
}
