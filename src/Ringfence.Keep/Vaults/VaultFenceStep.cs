using System.Text.Json.Serialization;

namespace Ringfence.Keep.Vaults;

/// <summary>Steps that get a fenced variable. Each part that is not empty has to fit.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Command">The name of the command that the step comes from.</param>
public sealed record VaultFenceStep(
    [property: JsonPropertyName("job")] string Job,
    [property: JsonPropertyName("step")] string Step,
    [property: JsonPropertyName("command")] string Command);
