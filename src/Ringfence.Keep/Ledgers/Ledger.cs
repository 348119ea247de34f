using Ringfence.Sealing.Signatures;

namespace Ringfence.Keep.Ledgers;

/// <summary>The append-only record of a keep, open for writing. Several processes may have it open; they write in turns.</summary>
/// <remarks>An entry is on the disk before <see cref="Append"/> returns, and its head beside it; so what was answered was recorded. Not safe for several threads.</remarks>
public sealed class Ledger
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder;
    private readonly LedgerMemory _memory;
    private readonly SigningKey _key;
    private readonly TimeProvider _clock;
    private readonly List<LedgerEntry> _entries = [];
    private FileStream? _turn;
    private long _length;

    private Ledger(string folder, LedgerMemory memory, SigningKey key, TimeProvider clock) => (_folder, _memory, _key, _clock) = (folder, memory, key, clock);

    /// <summary>The last entry.</summary>
    public LedgerHead Head { get; private set; } = LedgerHead.Empty;

    /// <summary>All entries up to the last turn.</summary>
    public IReadOnlyList<LedgerEntry> Entries => _entries;

    /// <summary>The file of a keep's ledger.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, "ledger");

    /// <summary>The head that the keep itself keeps; <see cref="LedgerHead.Empty"/> when there is none.</summary>
    /// <exception cref="LedgerException">There is one, and it is damaged.</exception>
    public static LedgerHead ReadHead(string folder)
    {
        var path = HeadPath(folder);
        return HeadFile.Read(path) ?? throw new LedgerException($"{path} holds no head of a ledger: it was changed.");
    }

    /// <summary>Opens the ledger of a keep, after checking it.</summary>
    /// <param name="folder">The keep's folder.</param>
    /// <param name="memory">What the ledger has to have, and what remembers each entry that is written.</param>
    /// <param name="key">Signs.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancel">Gives up waiting for a turn.</param>
    /// <exception cref="LedgerException">It was tampered with, lacks what is remembered, or cannot be opened.</exception>
    public static async Task<Ledger> OpenAsync(string folder, LedgerMemory memory, SigningKey key, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(clock);
        var ledger = new Ledger(folder, memory, key, clock);
        using (await ledger.TakeTurnAsync(cancel).ConfigureAwait(false))
            return ledger;
    }

    /// <summary>Waits until no other process writes, and reads what others have written meanwhile. Disposing ends the turn.</summary>
    /// <exception cref="LedgerException">The ledger was tampered with, or the turn does not come.</exception>
    public async Task<IDisposable> TakeTurnAsync(CancellationToken cancel)
    {
        try
        {
            // A file of its own: the system's lock of the ledger itself would keep readers out too.
            _turn = await FileTurn.TakeAsync(Path.Combine(_folder, "ledger.lock"), cancel).ConfigureAwait(false);
            CatchUp();
            Recall();
            return new Turn(this);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            EndTurn();
            throw new LedgerException($"The ledger in {_folder} cannot be opened: {e.Message}", e);
        }
        catch
        {
            EndTurn();
            throw;
        }
    }

    /// <summary>Writes an entry; number, time and the link to the entry before are set here. It takes a turn to do it.</summary>
    /// <returns>The entry as it was written.</returns>
    /// <exception cref="LedgerException">It could not be written. Nothing may be released then.</exception>
    public LedgerEntry Append(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (_turn is null)
            throw new InvalidOperationException("An entry is written within a turn.");
        var line = LedgerLine.Sign(entry with { Number = Head.Number + 1, Previous = Head.Hash, At = _clock.GetUtcNow() }, _key);
        var bytes = line.Write();
        if (bytes.Length > LedgerLine.Longest)
            throw new LedgerException("An entry of the ledger would be longer than a megabyte.");
        try
        {
            using (var file = Open(PathIn(_folder), FileMode.OpenOrCreate))
            {
                // Behind the last entry may stand one that was interrupted.
                if (file.Length > _length)
                    file.SetLength(_length);
                file.Seek(_length, SeekOrigin.Begin);
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            HeadFile.Write(HeadPath(_folder), new LedgerHead(line.Entry.Number, line.Hash));
            Take(line, bytes.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TakeBack();
            throw new LedgerException($"The ledger cannot be written: {e.Message}", e);
        }

        Remember();
        return line.Entry;
    }

    /// <summary>Whether the keep has noted a head.</summary>
    internal static bool HasHead(string folder) => File.Exists(HeadPath(folder));

    internal static string HeadPath(string folder) => Path.Combine(folder, "ledger.head");

    private static FileStream Open(string path, FileMode mode, FileShare share = FileShare.ReadWrite) =>
        new(path, new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, UnixCreateMode = mode == FileMode.Open ? null : OwnerOnly, BufferSize = 0 });

    private void CatchUp()
    {
        var path = PathIn(_folder);
        var witness = ReadHead(_folder);
        if (_entries.Count > 0 && witness == Head && new FileInfo(path) is { Exists: true } file && file.Length == _length)
            return;
        if (_entries.Count == 0 || !Follows(path, witness))
            ReadAnew(path);

        // A keep that died before it had noted its last entry may be followed by another that does: two without a note would look like a note that was put back.
        if (witness != Head)
            HeadFile.Write(HeadPath(_folder), Head);
    }

    private void ReadAnew(string path)
    {
        var reading = LedgerReader.ReadQuickly(_folder, _key.Public, []);
        if (reading.Problems.FirstOrDefault(p => p.Kind != LedgerProblemKind.Unfinished) is { } problem)
            throw new LedgerException($"The ledger {path} was changed: {problem.Text} Nothing is released until that is settled; 'ringfence ledger verify' shows everything.");
        if (Head.Number > 0 && (reading.Entries.Length < Head.Number || _entries[^1].Previous != reading.Entries[(int)Head.Number - 1].Previous))
            throw new LedgerException($"The ledger {path} was written anew while this keep was at work. Nothing is released until that is settled.");
        _entries.Clear();
        _entries.AddRange(reading.Entries);
        Head = reading.Head;
        _length = LedgerReader.Lines(path, 0).Where(line => line.IsWhole).Sum(line => (long)line.Bytes.Length + 1);
    }

    /// <summary>Holds the ledger, which is sound in itself, against what is known of it outside: an older copy of the whole folder is sound too.</summary>
    private void Recall()
    {
        foreach (var (head, where) in _memory.Heads())
        {
            if (head.IsIn(_entries, Head) || _entries.Any(e => e.GivesUp(head)))
                continue;
            var found = head.Number > Head.Number ? $"ends at entry {Head.Number}" : "has another one in its place";
            throw new LedgerException($"By {where} the ledger has had the entry {head.Number}, and {PathIn(_folder)} {found}: an older copy of the keep was put back, or entries were taken away. Nothing is released until that is settled: {LedgerMemory.HowToSettle}");
        }
    }

    /// <summary>After the entry and its own head are on the disk: what is remembered must be there. Without it nobody would notice later, so nobody gets an answer.</summary>
    private void Remember()
    {
        try
        {
            _memory.Write(Head);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"How far the ledger has come cannot be remembered in {_memory.Path}: {e.Message}", e);
        }
    }

    /// <summary>Takes the lines that another process has added; false when they, or what was noted of them, do not follow on what is known.</summary>
    private bool Follows(string path, LedgerHead witness)
    {
        var added = new List<(LedgerLine Line, int Length)>();
        var (number, hash) = (Head.Number, Head.Hash);
        foreach (var (bytes, isWhole) in LedgerReader.Lines(path, _length))
        {
            if (!isWhole)
                break;
            if (LedgerLine.Read(bytes) is not { } line || line.Entry.Number != number + 1 || line.Entry.Previous != hash || !_key.Public.Verify(line.Json, line.Signature))
                return false;
            added.Add((line, bytes.Length + 1));
            (number, hash) = (line.Entry.Number, line.Hash);
        }

        var isNoted = witness.Number >= number - 1 && (witness.IsIn(_entries, Head) || added.Exists(one => one.Line.Entry.Number == witness.Number && one.Line.Hash == witness.Hash));
        if (!isNoted || new FileInfo(path).Length < _length)
            return false;
        foreach (var (line, length) in added)
            Take(line, length);
        return true;
    }

    private void Take(LedgerLine line, int length)
    {
        _entries.Add(line.Entry);
        _length += length;
        Head = new LedgerHead(line.Entry.Number, line.Hash);
    }

    private void TakeBack()
    {
        try
        {
            using var file = Open(PathIn(_folder), FileMode.Open);
            file.SetLength(_length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next turn finds an unfinished line, which it writes over, or an entry that nobody got an answer for.
        }
    }

    private void EndTurn()
    {
        _turn?.Dispose();
        _turn = null;
    }

    private sealed class Turn(Ledger ledger) : IDisposable
    {
        public void Dispose() => ledger.EndTurn();
    }
}
