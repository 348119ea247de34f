namespace Ringfence.Cli.Diagnostics;

/// <summary>One call on the way to a problem.</summary>
internal sealed record JsonCall(string Kind, string Name, JsonPlace? Place);
