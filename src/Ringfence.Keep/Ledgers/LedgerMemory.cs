using System.Collections.Immutable;

namespace Ringfence.Keep.Ledgers;

/// <summary>
/// What is known outside of the keep's folder of how far its ledger had come, so that an older copy of the folder is noticed when it is put back (INC-9).
/// It is as safe as its file: whoever can write there too can make it forget.
/// </summary>
/// <param name="Path">The file with the head of the last entry that was written.</param>
public sealed record LedgerMemory(string Path)
{
    /// <summary>Heads that somebody else has kept: the records of runs.</summary>
    public ImmutableArray<LedgerHead> OfRuns { get; init; } = [];

    /// <summary>Heads that a person gives up, so that the ledger can go on without them.</summary>
    public ImmutableArray<LedgerHead> GivenUp { get; init; } = [];

    /// <summary>Whether a person gives up what the file holds, since it holds no head. The next entry that is written puts one in its place.</summary>
    public bool IsFileGivenUp { get; init; }

    /// <summary>Whether the file is there.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>The memory of a keep's folder: it lies beside the folder, so that a copy of the folder does not hold it.</summary>
    public static LedgerMemory Beside(string folder) => new(System.IO.Path.TrimEndingDirectorySeparator(folder) + ".head");

    /// <summary>The heads that are remembered, without those that are given up; each with the words for where.</summary>
    /// <exception cref="LedgerException">The file is there and holds none.</exception>
    public IReadOnlyList<(LedgerHead Head, string Where)> Heads()
    {
        IEnumerable<(LedgerHead Head, string Where)> all = [.. IsFileGivenUp ? [] : new[] { (Read(), Path) }, .. OfRuns.Select(head => (head, "the record of a run"))];
        return [.. all.Where(known => known.Head.Number > 0 && !GivenUp.Contains(known.Head))];
    }

    /// <summary>The head in the file; <see cref="LedgerHead.Empty"/> when there is no file.</summary>
    /// <exception cref="LedgerException">The file is there and holds none.</exception>
    public LedgerHead Read()
    {
        try
        {
            return HeadFile.Read(Path) ?? throw new LedgerException($"{Path} tells how far the ledger had come, and holds no head of a ledger: it was changed. Nothing is released until that is settled: {HowToSettle}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"{Path} tells how far the ledger had come, and cannot be read: {e.Message}", e);
        }
    }

    /// <summary>What a person does about a ledger that lacks what is remembered.</summary>
    internal static string HowToSettle =>
        "'ringfence ledger verify' shows more. Bring the newer keep back; if a backup was restored on purpose, 'ringfence ledger accept' goes on from it.";

    /// <summary>Remembers a head, which MUST be on the disk already.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal void Write(LedgerHead head) => HeadFile.Write(Path, head);
}
