using Ringfence.Runner.TestResults;

namespace Ringfence.Runner.Jobs;

/// <summary>What the steps of a job have come to so far.</summary>
internal sealed class JobTally
{
    public int CacheHits { get; set; }

    public int CacheMisses { get; set; }

    public List<string> Artifacts { get; } = [];

    public List<TestResult> Tests { get; } = [];
}
