namespace Ringfence.Cli.Graph;

/// <summary>A workflow that does not run, in JSON.</summary>
internal sealed record JsonGraphSkipped(string Name, string Reason);
