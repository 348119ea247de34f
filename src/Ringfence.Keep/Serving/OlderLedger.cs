using System.Collections.Immutable;
using System.Globalization;
using Ringfence.Keep.Ledgers;
using Ringfence.Primitives;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Keys;

namespace Ringfence.Keep.Serving;

/// <summary>A ledger that is sound in itself and lacks entries that are remembered, as after a restore from a backup; and the way on from it.</summary>
/// <param name="Head">Its last entry.</param>
/// <param name="At">When that was written; null when there is none.</param>
/// <param name="Lacking">The remembered heads that it does not have, the highest first.</param>
public sealed record OlderLedger(LedgerHead Head, DateTimeOffset? At, ImmutableArray<LedgerHead> Lacking)
{
    /// <summary>Whether the file that remembers how far it had come holds no head.</summary>
    public bool IsMemoryDamaged { get; init; }

    /// <summary>Holds the ledger of a keep against heads.</summary>
    /// <param name="folder">The keep.</param>
    /// <param name="remembered">The heads.</param>
    /// <exception cref="LedgerException">The ledger is not sound in itself.</exception>
    public static OlderLedger Find(KeepFolder folder, IEnumerable<LedgerHead> remembered)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(remembered);
        var reading = LedgerReader.ReadIn(folder.Path, folder.ReadPublicKeys()?.Signing, []);
        if (reading.Problems.FirstOrDefault(p => p.Kind != LedgerProblemKind.Unfinished) is { } problem)
            throw new LedgerException($"The ledger {Ledger.PathIn(folder.Path)} was changed: {problem.Text} Only a whole older copy can be accepted: bring one back.");
        return new OlderLedger(
            reading.Head, reading.Entries.IsEmpty ? null : reading.Entries[^1].At,
            [.. remembered.Distinct().Where(head => !head.IsIn(reading.Entries, reading.Head) && !reading.Entries.Any(e => e.GivesUp(head))).OrderByDescending(head => head.Number).ThenBy(head => head.Hash, StringComparer.Ordinal)]);
    }

    /// <summary>Goes on from it: records that a person gave up what it lacks. What is remembered and was not found here still counts.</summary>
    /// <param name="folder">The keep.</param>
    /// <param name="opener">Opens the keep's key file; null when it asks for nothing.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <exception cref="SealingException">The keys cannot be read.</exception>
    /// <exception cref="LedgerException">The ledger cannot be written, or has changed since.</exception>
    public async Task AcceptAsync(KeepFolder folder, SecretValue? opener, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(folder);
        using var keys = KeyFile.Read(folder.KeyFile, opener);
        var ledger = await Ledger.OpenAsync(folder.Path, folder.Memory with { GivenUp = Lacking, IsFileGivenUp = IsMemoryDamaged }, keys.Signing, clock, cancel).ConfigureAwait(false);
        using var turn = await ledger.TakeTurnAsync(cancel).ConfigureAwait(false);
        if (ledger.Head != Head)
            throw new LedgerException($"The ledger {Ledger.PathIn(folder.Path)} has changed meanwhile: try again.");
        ledger.Append(new LedgerEntry
        {
            Kind = LedgerKind.OlderAccepted,
            By = Environment.UserName,
            GivenUp = [.. Lacking.Select(head => head.ToString())],
            Text = string.Create(CultureInfo.InvariantCulture, $"went on from entry {Head.Number}{(Lacking.IsEmpty ? "" : $", and gave up the entries that led to {Lacking[0]}")}{(IsMemoryDamaged ? "; what was remembered of it could not be read" : "")}"),
        });
    }
}
