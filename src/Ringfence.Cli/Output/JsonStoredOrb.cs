namespace Ringfence.Cli.Output;

/// <summary>One line of <c>orb list --format json</c>.</summary>
internal sealed record JsonStoredOrb(string Name, string Version, bool Published);
