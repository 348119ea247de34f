using System.Collections.Immutable;
using Ringfence.Runner.Secrets;

namespace Ringfence.Runner.Jobs;

/// <summary>What came of one parallel run of a job.</summary>
public sealed record JobResult
{
    /// <summary>How it ended.</summary>
    public required JobOutcome Outcome { get; init; }

    /// <summary>One sentence on why it did not succeed; empty when it did.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How long it took from the start of its sandbox to its end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The step that failed first, or null.</summary>
    public int? FailedStep { get; init; }

    /// <summary>How many caches were asked for and found.</summary>
    public int CacheHits { get; init; }

    /// <summary>How many caches were asked for and not found.</summary>
    public int CacheMisses { get; init; }

    /// <summary>The artifacts, as paths below the artifact folder of the run; a secret in one, which the gate was told to let pass, is masked.</summary>
    public ImmutableArray<string> Artifacts { get; init; } = [];

    /// <summary>How many tests were reported.</summary>
    public int Tests { get; init; }

    /// <summary>The tests that failed, by their names.</summary>
    public ImmutableArray<string> FailedTests { get; init; } = [];

    /// <summary>The secrets that were about to leave the job.</summary>
    public ImmutableArray<CaughtSecret> Caught { get; init; } = [];

    /// <summary>What continues the pipeline, as the job sent it; null when it sent nothing.</summary>
    public string? Continuation { get; init; }

    /// <summary>Whether <see cref="Continuation"/> may be written down: no secret of the job is in it.</summary>
    public bool MayKeepContinuation { get; init; }
}
