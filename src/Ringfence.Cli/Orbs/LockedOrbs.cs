using Ringfence.Config.Orbs;

namespace Ringfence.Cli.Orbs;

/// <summary>Holds another source to a lock: every orb must be in it, in that version and with that content.</summary>
internal sealed class LockedOrbs(OrbLock held, IOrbSource orbs) : IOrbSource
{
    /// <inheritdoc/>
    public OrbLookup Find(OrbReference reference)
    {
        if (!held.Entries.TryGetValue(reference.ToString()!, out var entry))
        {
            return new OrbLookup.Refused(
                $"The orb {reference} is not in {OrbLock.FileName}.",
                "Add it with 'ringfence orb lock', and look at what changes.");
        }

        // The lock names the version, so that a newer one in the store changes nothing until the lock is written again.
        if (!OrbReference.TryParse(entry.Resolved, out var exact, out _))
            return new OrbLookup.Refused($"'{entry.Resolved}' in {OrbLock.FileName} is not an orb.", "Write the file again with 'ringfence orb lock'.");

        var lookup = orbs.Find(exact);
        return lookup is OrbLookup.Found found && !string.Equals(found.Digest, entry.Digest, StringComparison.Ordinal)
            ? new OrbLookup.Refused(
                $"The content of {entry.Resolved} is not what {OrbLock.FileName} holds it to: it has {found.Digest}, the lock {entry.Digest}.",
                "Find out why it changed; if the new content is right, write the lock again with 'ringfence orb lock'.")
            : lookup;
    }
}
