using System.Collections.Immutable;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Keep.Ledgers;

/// <summary>Reads a ledger and finds out whether it is as the keep wrote it.</summary>
public static class LedgerReader
{
    /// <summary>Reads the file; one that is not there is an empty ledger.</summary>
    /// <param name="path">The file.</param>
    /// <param name="signer">Whose signature every entry must have; null checks the chain only, which shows mistakes but no forgery.</param>
    /// <param name="witnesses">Heads that somebody kept, the keep's own among them.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static LedgerReading Read(string path, VerifyingKey? signer, IEnumerable<LedgerHead> witnesses)
    {
        ArgumentNullException.ThrowIfNull(witnesses);
        return Read([.. Lines(path, 0)], signer, witnesses);
    }

    /// <summary>Reads the ledger of a keep, and holds it against the head that the keep noted beside it.</summary>
    /// <param name="folder">The keep's folder.</param>
    /// <param name="signer">Whose signature every entry must have; null checks the chain only, which shows mistakes but no forgery.</param>
    /// <param name="others">Heads that were kept elsewhere.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="LedgerException">What the keep noted was changed.</exception>
    public static LedgerReading ReadIn(string folder, VerifyingKey? signer, IEnumerable<LedgerHead> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return HeldAgainstNote(Read(Ledger.PathIn(folder), signer, [Ledger.ReadHead(folder), .. others]), folder);
    }

    /// <summary>The same for a keep that is about to work with it. The chain of hashes and the signature of the last entry vouch for all others; only when they do not is every signature looked at.</summary>
    internal static LedgerReading ReadQuickly(string folder, VerifyingKey signer, IEnumerable<LedgerHead> others)
    {
        IReadOnlyList<LedgerHead> witnesses = [Ledger.ReadHead(folder), .. others];
        List<(byte[] Bytes, bool IsWhole)> lines = [.. Lines(Ledger.PathIn(folder), 0)];
        var chain = Read(lines, null, witnesses);
        var lastIsSigned = lines.LastOrDefault(line => line.IsWhole).Bytes is not { } bytes || (LedgerLine.Read(bytes) is { } last && signer.Verify(last.Json, last.Signature));
        return HeldAgainstNote(lastIsSigned && chain.Problems.All(p => p.Kind == LedgerProblemKind.Unfinished) ? chain : Read(lines, signer, witnesses), folder);
    }

    /// <summary>The lines from a place in the file on; the last one MAY not be whole.</summary>
    internal static IEnumerable<(byte[] Bytes, bool IsWhole)> Lines(string path, long from)
    {
        if (!File.Exists(path))
            yield break;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 64 * 1024);
        file.Seek(from, SeekOrigin.Begin);
        using var line = new MemoryStream();
        for (int next; (next = file.ReadByte()) >= 0;)
        {
            if (next == '\n')
            {
                yield return (line.ToArray(), true);
                line.SetLength(0);
            }
            else if (line.Length < LedgerLine.Longest)
            {
                line.WriteByte((byte)next);
            }
        }

        if (line.Length > 0)
            yield return (line.ToArray(), false);
    }

    // It is noted after every entry, so of the last one alone may the note be missing. Asked for after the ledger was read, since other keeps write meanwhile.
    private static LedgerReading HeldAgainstNote(LedgerReading reading, string folder)
    {
        var noted = Ledger.ReadHead(folder);
        return noted.Number >= reading.Head.Number - 1
            ? reading
            : reading with { Problems = reading.Problems.Add(new LedgerProblem(LedgerProblemKind.Unnoted, 0, $"The ledger goes on to entry {reading.Head.Number}, and what the keep noted beside it ({Ledger.HeadPath(folder)}) {(noted.Number == 0 ? "is gone" : $"ends with entry {noted.Number}")}: it was removed or put back, so entries may have been cut off the end.")) };
    }

    private static LedgerReading Read(List<(byte[] Bytes, bool IsWhole)> lines, VerifyingKey? signer, IEnumerable<LedgerHead> witnesses)
    {
        var entries = ImmutableArray.CreateBuilder<LedgerEntry>();
        var hashes = new Dictionary<long, string>();
        var problems = ImmutableArray.CreateBuilder<LedgerProblem>();
        var last = LedgerHead.Empty;
        long number = 0;
        var seen = new HashSet<long>();
        var present = lines.Where(l => l.IsWhole).Select(l => LedgerLine.Read(l.Bytes)?.Entry.Number ?? 0).ToHashSet();
        foreach (var (bytes, isWhole) in lines)
        {
            number++;
            if (!isWhole)
            {
                problems.Add(new LedgerProblem(LedgerProblemKind.Unfinished, number, $"Line {number} is not whole: the keep was interrupted while it wrote it, and nobody has got an answer. It does not count."));
                break;
            }

            if (LedgerLine.Read(bytes) is not { } line)
            {
                problems.Add(new LedgerProblem(LedgerProblemKind.Edited, number, $"Line {number} is no entry of a ledger: it was edited."));
                last = new LedgerHead(last.Number + 1, "");
                continue;
            }

            if (signer is not null && !signer.Verify(line.Json, line.Signature))
                problems.Add(new LedgerProblem(LedgerProblemKind.Edited, number, $"Line {number} (entry {line.Entry.Number}) has not the signature of the keep {signer.Id}: it was edited, or another keep wrote it."));
            else if (Misplaced(line.Entry, last, seen, present, number) is { } misplaced)
                problems.Add(misplaced);
            seen.Add(line.Entry.Number);
            entries.Add(line.Entry);
            last = new LedgerHead(line.Entry.Number, line.Hash);
            hashes[last.Number] = last.Hash;
        }

        foreach (var witness in witnesses.Where(w => w.Number > 0).Distinct().OrderBy(w => w.Number))
        {
            if (hashes.GetValueOrDefault(witness.Number) != witness.Hash && entries.Any(e => e.GivesUp(witness)))
                continue;
            if (!hashes.TryGetValue(witness.Number, out var hash))
                problems.Add(new LedgerProblem(LedgerProblemKind.Truncated, 0, $"The ledger had entry {witness.Number} ({witness.Hash[..12]}…), and it is not there: the ledger was cut off after entry {last.Number}, that entry was taken out, or an older copy was put back."));
            else if (hash != witness.Hash)
                problems.Add(new LedgerProblem(LedgerProblemKind.Replaced, 0, $"Entry {witness.Number} had the hash {witness.Hash[..12]}… and has {hash[..12]}… now: the ledger was written anew."));
        }

        return new LedgerReading(entries.ToImmutable(), problems.ToImmutable(), last);
    }

    private static LedgerProblem? Misplaced(LedgerEntry entry, LedgerHead last, HashSet<long> seen, HashSet<long> present, long line)
    {
        if (entry.Number == last.Number + 1)
        {
            // After an edited line there is no hash to compare with; that line has been told.
            return last.Hash.Length > 0 || last.Number == 0
                ? entry.Previous == last.Hash ? null : new LedgerProblem(LedgerProblemKind.Replaced, line, $"Entry {entry.Number} follows another entry {last.Number} than the one that stands before it.")
                : null;
        }

        if (seen.Contains(entry.Number) || entry.Number <= last.Number || present.Contains(last.Number + 1))
            return new LedgerProblem(LedgerProblemKind.Reordered, line, $"Entry {entry.Number} stands after entry {last.Number}: entries were put into another order.");
        var missing = entry.Number - 1 == last.Number + 1 ? $"entry {last.Number + 1} is missing" : $"the entries {last.Number + 1} to {entry.Number - 1} are missing";
        return new LedgerProblem(LedgerProblemKind.Deleted, line, $"Entry {entry.Number} stands after entry {last.Number}: {missing}.");
    }
}
