using System.Collections.Immutable;

namespace Ringfence.Keep.Ledgers;

/// <summary>Answers out of the ledger who could read a secret, and what an image, an orb, a commit or a job could read (INC-17, INC-27).</summary>
public static class BlastRadius
{
    /// <summary>The releases that a query means, in the order in which they happened.</summary>
    public static ImmutableArray<SecretRelease> Find(IReadOnlyCollection<LedgerEntry> entries, BlastQuery query)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(query);
        var values = query.Secret is null ? null : ValuesOf(entries, query);
        return
        [
            .. from entry in entries
               where entry.Kind == LedgerKind.Grant && entry.Job is not null && entry.At >= query.Since && IsMeant(entry.Job, query)
               from variable in entry.Variables
               where values is null ? IsOf(variable, query.Context) : IsNamed(variable, query) || values.Contains(variable.Fingerprint)
               select new SecretRelease(entry.Number, entry.At, entry.By, entry.Job!, variable),
        ];
    }

    /// <summary>Whether a reference to an image is the one that is meant: all of it, or all but tag and digest.</summary>
    public static bool IsImage(string image, string meant)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(meant);
        if (image == meant)
            return true;
        var withoutDigest = Before(image, image.IndexOf('@', StringComparison.Ordinal));

        // A colon before the last slash belongs to the port of a registry.
        var colon = withoutDigest.LastIndexOf(':');
        var bare = colon > withoutDigest.LastIndexOf('/') ? withoutDigest[..colon] : withoutDigest;
        return meant == bare || meant == withoutDigest || (image.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && meant == image[(at + 1)..]);
    }

    private static HashSet<string> ValuesOf(IReadOnlyCollection<LedgerEntry> entries, BlastQuery query) =>
    [
        .. entries.SelectMany(entry => entry.Variables).Where(variable => IsNamed(variable, query) && variable.Fingerprint.Length > 0).Select(variable => variable.Fingerprint),
    ];

    private static bool IsNamed(LedgerVariable variable, BlastQuery query) => variable.Name == query.Secret && IsOf(variable, query.Context);

    private static bool IsOf(LedgerVariable variable, string? context) =>
        context is null || (variable.OwnerName == context && variable.Owner.StartsWith("context:", StringComparison.Ordinal));

    private static bool IsMeant(LedgerJob job, BlastQuery query) =>
        (query.Image is null || job.Images.Any(image => IsImage(image, query.Image)))
        && (query.Orb is null || job.Orbs.Any(orb => orb == query.Orb || Before(orb, orb.LastIndexOf('@')) == query.Orb))
        && (query.Commit is null || job.Commit.StartsWith(query.Commit, StringComparison.OrdinalIgnoreCase))
        && (query.Job is null || job.Name == query.Job);

    private static string Before(string text, int at) => at > 0 ? text[..at] : text;
}
