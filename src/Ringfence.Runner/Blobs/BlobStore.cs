using System.Buffers;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Security.Cryptography;
using Ringfence.Primitives;
using ZstdNet;

namespace Ringfence.Runner.Blobs;

/// <summary>
/// Compressed contents by their digest, below one folder; equal content is there once. Several processes may use the folder at once.
/// A blob that no cache and no workspace layer names goes with the next sweep.
/// </summary>
/// <param name="root">The folder; it also holds the indexes of caches and workspaces.</param>
/// <param name="clock">Not used to decide anything about blobs; only for the times of files.</param>
public sealed class BlobStore(string root, TimeProvider clock)
{
    private const int BufferSize = 256 * 1024;
    private const string Extension = ".zst";

    // Caches and workspaces are written about as often as they are read, on the machine that runs the job: time counts more than a few per cent of disk.
    // The library is the native one, for its speed; it decompresses only what was compressed here and whose checksum was found right.
    private static readonly CompressionOptions Compression = new(1);

    private readonly string _blobs = Path.Combine(root, "blobs");
    private readonly string _drafts = Path.Combine(root, "drafts");
    private int _cleared;

    /// <summary>The folder.</summary>
    public string Root { get; } = root;

    /// <summary>A test puts a full disk in here.</summary>
    internal Func<string, FileStream> OpenDraft { get; init; } =
        path => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);

    /// <summary>Stores what the stream has. Memory use does not depend on its length.</summary>
    /// <exception cref="StoreException">The disk is full or cannot be written; nothing is left behind.</exception>
    public Task<BlobEntry> PutAsync(Stream content, CancellationToken cancel) => PutAsync(content, _ => static () => { }, cancel);

    /// <summary>
    /// Stores what the stream has and, in the same step for others, what names it: <paramref name="decide"/> runs when all is read and nobody else
    /// changes the store; it gives back what writes the index, or null when the content is not wanted after all.
    /// </summary>
    internal async Task<BlobEntry> PutAsync(Stream content, Func<BlobEntry, Action?> decide, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(content);
        var (path, file) = await BeginAsync(cancel);
        try
        {
            await using var open = file;
            var entry = await WriteAsync(content, file, cancel);
            using var claim = await StoreLock.TakeAsync(Root, cancel);
            if (decide(entry) is { } index)
            {
                Publish(file, path, entry.Digest);
                index();
            }

            return entry;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The content. All of the file was read and compared before this returns.</summary>
    /// <exception cref="DamagedBlobException">It is missing or damaged.</exception>
    public BlobContent Open(Digest digest, CancellationToken cancel)
    {
        var file = OpenFile(digest);
        try
        {
            var trailer = CheckedTrailer(file, digest, cancel);
            file.Position = 0;
            return new BlobContent(file, digest, trailer.Size);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether there is a file for this content. It may still be damaged.</summary>
    public bool Contains(Digest digest) => File.Exists(PathOf(digest));

    /// <summary>Reads all blobs and removes those that are damaged; what named them finds them missing.</summary>
    public async Task<ImmutableArray<Digest>> RemoveDamagedAsync(CancellationToken cancel)
    {
        var damaged = ImmutableArray.CreateBuilder<Digest>();
        foreach (var (digest, path) in All())
        {
            try
            {
                await using var content = Open(digest, cancel);
                await content.CopyToAsync(Stream.Null, cancel);
            }
            catch (DamagedBlobException)
            {
                damaged.Add(digest);
                File.Delete(path);
            }
        }

        return damaged.ToImmutable();
    }

    /// <summary>Removes the blobs that no index names and what interrupted writers left; gives back the bytes that this freed.</summary>
    public async Task<long> SweepAsync(CancellationToken cancel)
    {
        using var claim = await StoreLock.TakeAsync(Root, cancel);
        return Sweep();
    }

    /// <summary>The caller holds the lock.</summary>
    internal long Sweep()
    {
        RemoveLeftovers();
        var used = BlobReferences.Read(Root);
        long freed = 0;
        foreach (var (digest, path) in All().Where(blob => !used.Contains(blob.Digest)))
        {
            freed += new FileInfo(path).Length;
            File.Delete(path);
        }

        return freed;
    }

    internal static Digest DigestOf(IncrementalHash hash) => Digest.Parse("sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset()));

    internal string PathOf(Digest digest) => Path.Combine(_blobs, digest.Hex[..2], digest.Hex + Extension);

    private async Task<(string Path, FileStream File)> BeginAsync(CancellationToken cancel)
    {
        // Under the lock, so that nobody clears the draft away between its making and its own lock.
        using var claim = await StoreLock.TakeAsync(Root, cancel);
        if (Interlocked.Exchange(ref _cleared, 1) == 0)
            RemoveLeftovers();

        var path = Path.Combine(_drafts, Path.GetRandomFileName() + ".tmp");
        try
        {
            Directory.CreateDirectory(_drafts);
            return (path, OpenDraft(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.Writing(Root, e);
        }
    }

    private static async Task<BlobEntry> WriteAsync(Stream content, FileStream file, CancellationToken cancel)
    {
        using var contentHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var checksum = new XxHash128();
        await using var draft = new DraftStream(file, checksum);
        var size = await CompressAsync(content, contentHash, draft, cancel);
        var digest = DigestOf(contentHash);
        draft.Write(new BlobTrailer(digest, size, checksum.GetCurrentHashAsUInt128()).ToBytes());
        return new BlobEntry(digest, size, draft.Length);
    }

    /// <summary>Reads ahead while it compresses: where the content comes from, somebody else works.</summary>
    private static async Task<long> CompressAsync(Stream content, IncrementalHash hash, DraftStream draft, CancellationToken cancel)
    {
        long size = 0;
        var (buffer, next) = (ArrayPool<byte>.Shared.Rent(BufferSize), ArrayPool<byte>.Shared.Rent(BufferSize));
        var compressing = Task.CompletedTask;
        try
        {
            await using var compressed = new CompressionStream(draft, Compression);
            try
            {
                for (int count; (count = await content.ReadAtLeastAsync(buffer, BufferSize, throwOnEndOfStream: false, cancel)) > 0; size += count)
                {
                    hash.AppendData(buffer, 0, count);
                    await compressing;
                    var piece = buffer.AsMemory(0, count);
                    compressing = Task.Run(() => compressed.Write(piece.Span), CancellationToken.None);
                    (buffer, next) = (next, buffer);
                }

                await compressing;
            }
            finally
            {
                await compressing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            ArrayPool<byte>.Shared.Return(next);
        }

        return size;
    }

    /// <summary>Also when the blob is there: the new file is good, and the old one may not be.</summary>
    private void Publish(FileStream file, string draft, Digest digest)
    {
        try
        {
            // Not forced to the disk: what a power cut leaves of it is found by its trailer, and counts as missing.
            file.Dispose();
            var path = PathOf(digest);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.SetLastWriteTimeUtc(draft, clock.GetUtcNow().UtcDateTime);
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.Writing(Root, e);
        }
    }

    private FileStream OpenFile(Digest digest)
    {
        try
        {
            return new FileStream(PathOf(digest), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DamagedBlobException(digest, "is missing", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.Reading(Root, e);
        }
    }

    private static BlobTrailer CheckedTrailer(FileStream file, Digest digest, CancellationToken cancel)
    {
        var compressed = file.Length - BlobTrailer.Length;
        if (compressed <= 0)
            throw new DamagedBlobException(digest, "is cut off");

        var end = new byte[BlobTrailer.Length];
        file.Position = compressed;
        file.ReadExactly(end);
        var trailer = BlobTrailer.TryRead(end) ?? throw new DamagedBlobException(digest, "is cut off");

        file.Position = 0;
        var checksum = new XxHash128();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (compressed > 0)
            {
                cancel.ThrowIfCancellationRequested();
                var count = file.Read(buffer, 0, (int)Math.Min(buffer.Length, compressed));
                if (count == 0)
                    throw new DamagedBlobException(digest, "is cut off");
                checksum.Append(buffer.AsSpan(0, count));
                compressed -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (checksum.GetCurrentHashAsUInt128() != trailer.Checksum)
            throw new DamagedBlobException(digest, "is damaged");
        return trailer.Content == digest ? trailer : throw new DamagedBlobException(digest, "is not what its name says");
    }

    /// <summary>A draft that can be opened alone has no writer any more: a writer holds its draft until it is renamed.</summary>
    private void RemoveLeftovers()
    {
        // Nobody else writes an index while we have the lock.
        IndexFile.RemoveDrafts(Path.Combine(Root, BlobReferences.Caches));
        IndexFile.RemoveDrafts(Path.Combine(Root, BlobReferences.Workspaces));
        if (!Directory.Exists(_drafts))
            return;

        foreach (var path in Directory.EnumerateFiles(_drafts))
        {
            try
            {
                using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody is writing it, or it has just gone.
            }
        }
    }

    private IEnumerable<(Digest Digest, string Path)> All()
    {
        if (!Directory.Exists(_blobs))
            yield break;

        foreach (var path in Directory.EnumerateFiles(_blobs, "*" + Extension, SearchOption.AllDirectories))
        {
            if (Digest.TryParse("sha256:" + Path.GetFileNameWithoutExtension(path), out var digest))
                yield return (digest, path);
        }
    }
}
