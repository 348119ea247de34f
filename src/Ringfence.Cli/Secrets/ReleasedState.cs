using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;

namespace Ringfence.Cli.Secrets;

/// <summary>What became of a value since it was released: whether it has to be rotated.</summary>
internal static class ReleasedState
{
    /// <summary>The value that was released is the one that is stored.</summary>
    public const string Current = "still in use";

    /// <summary>In a few words.</summary>
    public static string Of(StoredSecrets stored, LedgerVariable released)
    {
        if (stored.Owners.FirstOrDefault(o => o.Living.Any(v => v.Fingerprint == released.Fingerprint && (o.Key != released.Owner || v.Name != released.Name))) is { } other
            && stored.Owners.FirstOrDefault(o => o.Key == released.Owner)?.Find(released.Name)?.Fingerprint != released.Fingerprint)
            return $"still in use in {other.Name}";
        return stored.Owners.FirstOrDefault(o => o.Key == released.Owner)?.Find(released.Name) switch
        {
            null => "removed since",
            var now when now.Fingerprint == released.Fingerprint => Current,
            _ => "rotated since",
        };
    }
}
