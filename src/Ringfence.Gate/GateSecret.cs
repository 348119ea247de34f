using Ringfence.Primitives;

namespace Ringfence.Gate;

/// <summary>A secret that the gate looks for, under the name that people know it by.</summary>
/// <param name="Name">The variable's name; shown wherever the value was caught.</param>
/// <param name="Value">The value; the gate keeps copies of its own.</param>
public sealed record GateSecret(string Name, SecretValue Value);
