using Ringfence.Config.Orbs;

namespace Ringfence.Cli.Orbs;

/// <summary>Notes what another source found, for the lock; also the orbs that orbs import.</summary>
internal sealed class RecordedOrbs(IOrbSource orbs) : IOrbSource
{
    private readonly List<OrbLockEntry> _found = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<OrbLockEntry> Found => _found;

    /// <inheritdoc/>
    public OrbLookup Find(OrbReference reference)
    {
        var lookup = orbs.Find(reference);
        if (lookup is OrbLookup.Found found)
            _found.Add(new OrbLockEntry(reference.ToString()!, found.Resolved, found.Digest));
        return lookup;
    }
}
