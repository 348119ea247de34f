using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Ringfence.Cli.Doctor.Isolation;

/// <summary>What the thief brought back from one kind of sandbox.</summary>
/// <param name="Sandbox">The kind: <c>docker</c>, <c>bubblewrap</c>, <c>none</c>.</param>
/// <param name="Description">What it was exactly, such as the version of the engine; or why there is none.</param>
/// <param name="Results">What came of each probe; empty when there was no sandbox.</param>
internal sealed record SandboxIsolation(string Sandbox, string Description, ImmutableArray<ProbeResult> Results)
{
    /// <summary>Whether the thief was there.</summary>
    [JsonIgnore]
    public bool IsTried => !Results.IsEmpty;

    /// <summary>Whether secrets are kept in it: nothing was found, over the network either.</summary>
    public bool IsFit => IsTried && !Found.Any() && Results.Any(r => r.State == ProbeState.Safe);

    /// <summary>What was found.</summary>
    [JsonIgnore]
    public IEnumerable<ProbeResult> Found => Results.Where(r => r.State == ProbeState.Found);

    /// <summary>The sum in a few words.</summary>
    [JsonIgnore]
    public string Verdict => !IsTried ? "not tried" : IsFit ? "fit for secrets" : Found.Any() ? "unfit for secrets" : "not known";
}
