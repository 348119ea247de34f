using System.Collections.Immutable;
using System.Globalization;
using Ringfence.Primitives;
using Ringfence.Runner.Archives;
using Ringfence.Runner.Blobs;

namespace Ringfence.Runner.Workspaces;

/// <summary>The workspaces of workflows: layers that jobs add and later jobs apply. A rerun names the workspace of the original (EX-7.58).</summary>
public sealed class WorkspaceStore(BlobStore blobs, TimeProvider clock, StoreLimits limits)
{
    private readonly string _folder = Path.Combine(blobs.Root, BlobReferences.Workspaces);

    /// <summary>Adds a layer (EX-7.54).</summary>
    /// <param name="workspaceId">The workspace, the same for reruns.</param>
    /// <param name="author">The job's run.</param>
    /// <param name="tar">Names relative to the step's <c>root</c>.</param>
    /// <param name="retention">Shorter than the store's, or null.</param>
    /// <param name="cancel">Stops; nothing is left.</param>
    /// <exception cref="StoreException">The disk is full or cannot be written; nothing is left.</exception>
    /// <exception cref="ArchiveException">The stream is not a tar, or too large.</exception>
    public async Task<WorkspaceLayer> PersistAsync(string workspaceId, WorkspaceAuthor author, Stream tar, TimeSpan? retention, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrEmpty(workspaceId);
        ArgumentNullException.ThrowIfNull(author);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using var scanner = new TarScanner(ArchiveLimits.Default, read: (item, content) => files[Clean(item.Name)] = item.First is { } first ? ContentOf(first) : content);

        static string Clean(string name) => ArchiveName.TryClean(name, out var clean) ? clean : throw new ArchiveException($"A name leaves the workspace: {name}.");

        // A file is the same for other parallel runs by whatever name it comes, and whether it has one name or two there.
        string ContentOf(string first) => files.TryGetValue(Clean(first), out var content) ? content : throw new ArchiveException($"The archive has a link to a file that it does not hold: {first}.");

        WorkspaceLayer? layer = null;
        await blobs.PutAsync(
            new ScannedStream(tar, scanner),
            blob =>
            {
                var now = clock.GetUtcNow();
                var newest = Layers(workspaceId).Select(l => l.CreatedAt).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
                var kept = retention is { } shorter && shorter < limits.WorkspaceRetention ? shorter : limits.WorkspaceRetention;
                layer = new WorkspaceLayer(author, newest >= now ? newest.AddTicks(1) : now, now + kept, [.. files.Keys], blob.Digest, blob.Size, blob.StoredSize) { Contents = [.. files.Values] };
                return () => Write(workspaceId, layer);
            },
            cancel);
        return layer!;
    }

    /// <summary>The layers of the upstream jobs in the order of the graph, or the files that make that impossible.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="upstream">All jobs before the one that attaches, near and far, each after those before it.</param>
    public WorkspaceAttachment LayersFor(string workspaceId, IReadOnlyList<WorkspaceUpstream> upstream)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        var all = Layers(workspaceId).Where(layer => layer.ExpiresAt > clock.GetUtcNow()).ToLookup(layer => layer.Author.Job, StringComparer.Ordinal);
        var layers = upstream.SelectMany(job => Latest(all[job.Job])).ToImmutableArray();
        if (layers.IsEmpty)
            return new WorkspaceAttachment.Empty();

        var conflicts = WorkspaceConflicts.Find(layers, upstream);
        return conflicts.IsEmpty ? new WorkspaceAttachment.Apply(layers) : new WorkspaceAttachment.Conflict(conflicts);
    }

    /// <summary>The tar of a layer; the caller disposes it.</summary>
    /// <exception cref="DamagedBlobException">It is missing or damaged.</exception>
    public BlobContent Open(WorkspaceLayer layer, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return blobs.Open(layer.Digest, cancel);
    }

    /// <summary>Removes layers that have expired or have lost their content; gives back how many.</summary>
    public async Task<int> PruneAsync(CancellationToken cancel)
    {
        using var claim = await StoreLock.TakeAsync(blobs.Root, cancel);
        var removed = 0;
        foreach (var path in IndexFile.All(_folder))
        {
            if (Read(path) is { } layer && layer.ExpiresAt > clock.GetUtcNow() && blobs.Contains(layer.Digest))
                continue;
            IndexFile.Remove(path);
            removed++;
        }

        return removed;
    }

    /// <summary>
    /// Each parallel run that persists again supersedes what it added in earlier runs of the job; one that does not keeps it, as a rerun of failed
    /// tests has parallel runs with nothing to do. The steps of one run add up (EX-7.58).
    /// </summary>
    private static IEnumerable<WorkspaceLayer> Latest(IEnumerable<WorkspaceLayer> ofOneJob) => ofOneJob
        .GroupBy(layer => layer.Author.NodeIndex).OrderBy(node => node.Key)
        .SelectMany(node => node.Where(layer => layer.Author.Attempt == node.MaxBy(l => l.CreatedAt)!.Author.Attempt).OrderBy(layer => layer.CreatedAt));

    private void Write(string workspaceId, WorkspaceLayer layer)
    {
        var folder = FolderOf(workspaceId);
        // Under the lock, so that the next number is free. Of a hole nobody takes notice.
        var next = IndexFile.All(folder).Select(Path.GetFileNameWithoutExtension)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).DefaultIfEmpty(0).Max() + 1;
        var line = new WorkspaceIndexLine(
            layer.Author.Job, layer.Author.NodeIndex, layer.Author.Attempt, layer.CreatedAt, layer.ExpiresAt, layer.Digest.ToString(), layer.Size, layer.StoredSize, layer.Files, layer.Contents);
        IndexFile.Write(Path.Combine(folder, next.ToString("D6", CultureInfo.InvariantCulture) + ".json"), line, StoreJson.Default.WorkspaceIndexLine);
    }

    private IEnumerable<WorkspaceLayer> Layers(string workspaceId) => IndexFile.All(FolderOf(workspaceId)).Select(Read).OfType<WorkspaceLayer>();

    private static WorkspaceLayer? Read(string path)
    {
        if (IndexFile.TryRead(path, StoreJson.Default.WorkspaceIndexLine) is not { } line || !Digest.TryParse(line.Digest, out var digest))
            return null;

        var author = new WorkspaceAuthor(line.Job, line.NodeIndex, line.Attempt);
        return new WorkspaceLayer(author, line.CreatedAt, line.ExpiresAt, line.Files, digest, line.Size, line.StoredSize) { Contents = line.Contents is { } contents && contents.Count == line.Files.Length ? [.. contents] : [] };
    }

    private string FolderOf(string workspaceId) => Path.Combine(_folder, FolderName.Of(workspaceId));
}
