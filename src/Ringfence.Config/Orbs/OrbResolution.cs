namespace Ringfence.Config.Orbs;

/// <summary>What an orb reference came to mean: the line <c># Orb 'x@5' resolved to 'x@5.2.0'</c> (CL-2.3).</summary>
/// <param name="Written">The reference as written, after substitution.</param>
/// <param name="Resolved">The exact version or the URL.</param>
/// <param name="Digest">The digest of the source that was used.</param>
public sealed record OrbResolution(string Written, string Resolved, string Digest);
