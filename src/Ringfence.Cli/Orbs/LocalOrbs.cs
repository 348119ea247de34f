using Ringfence.Config.Orbs;

namespace Ringfence.Cli.Orbs;

/// <summary>Registry orbs from the store, URL orbs from their address.</summary>
internal sealed class LocalOrbs(IOrbSource registry, IOrbSource urls) : IOrbSource
{
    /// <inheritdoc/>
    public OrbLookup Find(OrbReference reference) => reference is OrbReference.Url ? urls.Find(reference) : registry.Find(reference);
}
