namespace Ringfence.Cli.Secrets;

/// <summary>A restriction of <see cref="JsonOwner"/>.</summary>
internal sealed record JsonRestriction(string Id, string Kind, string Value, string Name);
