using System.Text.Json.Serialization;

namespace Ringfence.Keep.Vaults;

/// <summary>Steps that get a fenced variable: by job and name, by command, or by orb. Only one of the three is filled.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Content">The digest that the step must have; empty for any.</param>
/// <param name="Command">The name of a command.</param>
/// <param name="Orb">The reference of an orb.</param>
public sealed record VaultFenceStep(
    [property: JsonPropertyName("job")] string Job,
    [property: JsonPropertyName("step")] string Step,
    [property: JsonPropertyName("content")] string Content,
    [property: JsonPropertyName("command")] string Command,
    [property: JsonPropertyName("orb")] string Orb);
