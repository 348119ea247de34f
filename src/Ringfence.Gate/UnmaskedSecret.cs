namespace Ringfence.Gate;

/// <summary>A value that the gate does not look for, and why.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Reason">One sentence.</param>
public sealed record UnmaskedSecret(string Name, string Reason);
