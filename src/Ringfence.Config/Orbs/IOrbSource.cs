namespace Ringfence.Config.Orbs;

/// <summary>Where orbs come from. The compiler asks; files, caches, allow-lists and the network are behind it.</summary>
public interface IOrbSource
{
    /// <summary>Finds the source of a registry orb or a URL orb. MUST NOT throw for an orb that is not there.</summary>
    OrbLookup Find(OrbReference reference);
}
