namespace Ringfence.Config.Orbs;

/// <summary>Holds no orb: for configs that must stand alone.</summary>
public sealed class NoOrbs : IOrbSource
{
    private NoOrbs()
    {
    }

    /// <summary>The one instance.</summary>
    public static NoOrbs Instance { get; } = new();

    /// <inheritdoc/>
    public OrbLookup Find(OrbReference reference) => new OrbLookup.Missing("No orb store is in use.");
}
