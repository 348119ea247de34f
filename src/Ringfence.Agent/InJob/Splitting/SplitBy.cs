namespace Ringfence.Agent.InJob.Splitting;

/// <summary>What a split of tests balances.</summary>
internal enum SplitBy
{
    /// <summary>The number of names.</summary>
    Name,

    /// <summary>The bytes of the files.</summary>
    FileSize,

    /// <summary>The seconds that the tests took.</summary>
    Timings,
}
