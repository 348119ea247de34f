namespace Ringfence.Cli.Orbs;

/// <summary>What one orb reference is held to.</summary>
/// <param name="Reference">As written in a config: <c>circleci/node@5</c>.</param>
/// <param name="Resolved">The exact version, or the URL again.</param>
/// <param name="Digest">The digest of its content.</param>
internal sealed record OrbLockEntry(string Reference, string Resolved, string Digest);
