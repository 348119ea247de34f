using System.Collections.Immutable;
using System.Globalization;
using Ringfence.Runner.Archives;
using Ringfence.Runner.Blobs;

namespace Ringfence.Runner.Artifacts;

/// <summary>The artifacts of one run, as plain files: <c>artifacts/job/node/name</c> below the folder of the run.</summary>
/// <param name="runFolder">The folder of the run.</param>
public sealed class ArtifactStore(string runFolder)
{
    /// <summary>Bytes of one artifact (EX-7.47: 3 GB).</summary>
    public const long LargestFile = 3L * 1024 * 1024 * 1024;

    private static readonly ExtractionChoice Files = new() { Links = false, EmptyFolders = false, FileBytes = LargestFile };

    /// <summary>Where the files of one node are. Names of jobs are written so that they are safe as names of folders.</summary>
    public string FolderOf(string job, int nodeIndex) =>
        Path.Combine(runFolder, "artifacts", FolderName.Of(job), nodeIndex.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes the files of a step; a file with the same destination as an earlier one replaces it (EX-7.47).</summary>
    /// <param name="request">The step.</param>
    /// <param name="tar">Its files.</param>
    /// <param name="check">Sees the names that the files get, destination included, before any is stored; what it throws stores none.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ArchiveException">A name or the destination leaves the folder, or the archive is malformed.</exception>
    /// <exception cref="StoreException">The disk is full or cannot be written.</exception>
    public async Task<ArtifactResult> StoreAsync(ArtifactRequest request, Stream tar, Action<IEnumerable<string>> check, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(check);
        var destination = ArtifactPath.Destination(request);
        var choice = Files with { Name = name => ArtifactPath.Of(request, destination, name) };
        var incoming = Path.Combine(runFolder, "incoming-" + Guid.NewGuid().ToString("N"));
        try
        {
            var extraction = await SafeTar.ExtractAsync(tar, incoming, ArchiveLimits.Default, choice, cancel);

            // To the very end, behind that of the archive: whoever searches the stream on its way says there whether it may be stored.
            await tar.CopyToAsync(Stream.Null, cancel);
            check(extraction.Files.Select(file => file.Path));
            return Place(request, extraction, incoming);
        }
        finally
        {
            Sandboxes.ScratchFolders.Remove(incoming);
        }
    }

    /// <summary>The files of one node, by name.</summary>
    public ImmutableArray<StoredArtifact> List(string job, int nodeIndex)
    {
        var folder = new DirectoryInfo(FolderOf(job, nodeIndex));
        if (!folder.Exists)
            return [];

        return [.. folder.EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => new StoredArtifact(job, nodeIndex, Path.GetRelativePath(folder.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/'), file.Length))
            .OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>Puts in place what came whole: all of it or nothing is stored.</summary>
    private ArtifactResult Place(ArtifactRequest request, Extraction extraction, string incoming)
    {
        var folder = FolderOf(request.Job, request.NodeIndex);
        try
        {
            foreach (var file in extraction.Files)
            {
                var place = Path.Combine(folder, file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                File.Move(Path.Combine(incoming, file.Path), place, overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.Writing(folder, e);
        }

        return new ArtifactResult([.. extraction.Files.Select(file => new StoredArtifact(request.Job, request.NodeIndex, file.Path, file.Size))], extraction.LeftOut);
    }
}
