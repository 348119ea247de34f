using System.Collections.Immutable;
using System.Text;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Keep.Ledgers;

/// <summary>The append-only record of a keep, open for writing. One process at a time has it.</summary>
/// <remarks>An entry is on the disk before <see cref="Append"/> returns, and its head beside it; so what was answered was recorded.</remarks>
public sealed class Ledger : IDisposable
{
    private readonly FileStream _file;
    private readonly FileStream _alone;
    private readonly string _headPath;
    private readonly SigningKey _key;
    private readonly TimeProvider _clock;

    private Ledger(FileStream file, FileStream alone, string headPath, SigningKey key, TimeProvider clock) => (_file, _alone, _headPath, _key, _clock) = (file, alone, headPath, key, clock);

    /// <summary>The last entry.</summary>
    public LedgerHead Head { get; private set; } = LedgerHead.Empty;

    /// <summary>What it held when it was opened.</summary>
    public ImmutableArray<LedgerEntry> Opened { get; private set; } = [];

    /// <summary>The file of a keep's ledger.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, "ledger");

    /// <summary>The head that the keep itself keeps; <see cref="LedgerHead.Empty"/> when there is none.</summary>
    /// <exception cref="LedgerException">There is one, and it is damaged.</exception>
    public static LedgerHead ReadHead(string folder)
    {
        var path = HeadPath(folder);
        if (!File.Exists(path))
            return LedgerHead.Empty;
        return LedgerHead.Parse(File.ReadAllText(path).TrimEnd('\n')) ?? throw new LedgerException($"{path} holds no head of a ledger: it was changed.");
    }

    /// <summary>Opens the ledger of a keep, after checking it.</summary>
    /// <param name="folder">The keep's folder.</param>
    /// <param name="key">Signs.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="LedgerException">It was tampered with, or another keep has it, or it cannot be opened.</exception>
    public static Ledger Open(string folder, SigningKey key, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(clock);
        try
        {
            var path = PathIn(folder);
            var alone = TakeAlone(folder);
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite, BufferSize = 0 };
            FileStream? file = null;
            try
            {
                file = new FileStream(path, options);
                var reading = LedgerReader.Read(path, key.Public, [ReadHead(folder)]);
                CutUnfinished(file, reading);
                if (reading.Problems.FirstOrDefault(p => p.Kind != LedgerProblemKind.Unfinished) is { } problem)
                    throw new LedgerException($"The ledger {path} was changed: {problem.Text} Nothing is released until that is settled; 'ringfence ledger verify' shows everything.");
                file.Seek(0, SeekOrigin.End);
                return new Ledger(file, alone, HeadPath(folder), key, clock) { Head = reading.Head, Opened = reading.Entries };
            }
            catch
            {
                file?.Dispose();
                alone.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"The ledger in {folder} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Writes an entry; number, time and the link to the entry before are set here.</summary>
    /// <returns>The entry as it was written.</returns>
    /// <exception cref="LedgerException">It could not be written. Nothing may be released then.</exception>
    public LedgerEntry Append(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var line = LedgerLine.Sign(entry with { Number = Head.Number + 1, Previous = Head.Hash, At = _clock.GetUtcNow() }, _key);
        if (line.Json.Length > LedgerLine.Longest - 1024)
            throw new LedgerException("An entry of the ledger would be longer than a megabyte.");
        var end = _file.Length;
        try
        {
            _file.Write(line.Write());
            _file.Flush(flushToDisk: true);
            var head = new LedgerHead(line.Entry.Number, line.Hash);
            Write(head);
            Head = head;
            return line.Entry;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TakeBack(end);
            throw new LedgerException($"The ledger cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Lets go of the file.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _alone.Dispose();
    }

    private static string HeadPath(string folder) => Path.Combine(folder, "ledger.head");

    // A file of its own: the system's lock of the ledger itself would keep readers out too.
    private static FileStream TakeAlone(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "ledger.lock"), new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        }
        catch (IOException e) when (File.Exists(Path.Combine(folder, "ledger.lock")))
        {
            throw new LedgerInUseException($"Another keep works with {folder}.", e);
        }
    }

    private static void CutUnfinished(FileStream file, LedgerReading reading)
    {
        if (!reading.Problems.Any(p => p.Kind == LedgerProblemKind.Unfinished))
            return;
        var at = file.Length;
        do
            file.Seek(--at, SeekOrigin.Begin);
        while (at > 0 && file.ReadByte() != '\n');
        file.SetLength(at == 0 ? 0 : at + 1);
    }

    private void TakeBack(long end)
    {
        try
        {
            _file.SetLength(end);
            _file.Seek(0, SeekOrigin.End);
        }
        catch (IOException)
        {
            // The next opening finds an unfinished line, or an entry that nobody got an answer for.
        }
    }

    private void Write(LedgerHead head)
    {
        var draft = _headPath + ".new";
        using (var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        {
            file.Write(Encoding.ASCII.GetBytes(head + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, _headPath, overwrite: true);
    }
}
