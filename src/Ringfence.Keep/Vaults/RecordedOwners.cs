using Ringfence.Keep.Ledgers;

namespace Ringfence.Keep.Vaults;

/// <summary>What the ledger says is stored: which contexts and projects there are, and the digest of each. What is stored is believed only as far as it agrees.</summary>
internal sealed class RecordedOwners
{
    private readonly Dictionary<string, Recorded> _all = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _deleted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _requests = new(StringComparer.Ordinal);
    private int _read;

    /// <summary>Takes the entries that are new.</summary>
    public void CatchUp(IReadOnlyList<LedgerEntry> entries)
    {
        for (; _read < entries.Count; _read++)
            Take(entries[_read]);
    }

    /// <summary>The digest of what is stored under a key; null when nothing is.</summary>
    public string? DigestOf(string key) => _all.GetValueOrDefault(key)?.Digest;

    /// <summary>The key of a context; null when there is none.</summary>
    public string? ContextNamed(string organization, string name) =>
        _all.FirstOrDefault(o => o.Key.StartsWith("context:", StringComparison.Ordinal) && o.Value.Organization == organization && o.Value.Name == name).Key;

    /// <summary>How many contexts an organization has.</summary>
    public int ContextsOf(string organization) => _all.Count(o => o.Key.StartsWith("context:", StringComparison.Ordinal) && o.Value.Organization == organization);

    /// <summary>All keys.</summary>
    public IReadOnlyCollection<string> Keys => _all.Keys;

    /// <summary>The contexts that were deleted, with the digest of what was stored last.</summary>
    public IReadOnlyDictionary<string, string> Deleted => _deleted;

    /// <summary>Whether a request was answered already.</summary>
    public bool HasAnswered(string request) => _requests.Contains(request);

    private void Take(LedgerEntry entry)
    {
        if (entry.Request.Length > 0)
            _requests.Add(entry.Request);
        if (entry.Kind == LedgerKind.ContextDeleted)
        {
            if (_all.Remove(entry.Owner, out var last))
                _deleted[entry.Owner] = last.Digest;
        }
        else if (entry.Digest.Length > 0)
            _all[entry.Owner] = new Recorded(entry.Organization, entry.OwnerName, entry.Digest);
    }

    private sealed record Recorded(string Organization, string Name, string Digest);
}
