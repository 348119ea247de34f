namespace Ringfence.Cli.Output;

/// <summary>One finding of <c>doctor --format json</c>; the state is ok, warning or missing.</summary>
internal sealed record JsonFinding(string Name, string State, string Found, string? Fix);
