using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Ringfence.Keep.Ledgers;

/// <summary>The attempt at a job that asked for secrets, with everything that ran in it: enough to answer later who could read them (INC-17, INC-27).</summary>
public sealed record LedgerJob
{
    /// <summary>The project.</summary>
    [JsonPropertyName("project")]
    public required string Project { get; init; }

    /// <summary>The pipeline's number.</summary>
    [JsonPropertyName("pipeline")]
    public long Pipeline { get; init; }

    /// <summary>The workflow's id.</summary>
    [JsonPropertyName("workflow")]
    public string Workflow { get; init; } = "";

    /// <summary>The job's name.</summary>
    [JsonPropertyName("job")]
    public required string Name { get; init; }

    /// <summary>Which attempt, and which of the parallel runs.</summary>
    [JsonPropertyName("attempt")]
    public string Attempt { get; init; } = "";

    /// <summary>The commit, and whether the code differed from it.</summary>
    [JsonPropertyName("commit")]
    public string Commit { get; init; } = "";

    /// <summary>The branch or tag.</summary>
    [JsonPropertyName("ref")]
    public string Ref { get; init; } = "";

    /// <summary>The images, the primary one first.</summary>
    [JsonPropertyName("images")]
    public ImmutableArray<string> Images { get; init; } = [];

    /// <summary>The orbs whose commands ran in it.</summary>
    [JsonPropertyName("orbs")]
    public ImmutableArray<string> Orbs { get; init; } = [];

    /// <summary>The names of its steps, in order.</summary>
    [JsonPropertyName("steps")]
    public ImmutableArray<string> Steps { get; init; } = [];
}
