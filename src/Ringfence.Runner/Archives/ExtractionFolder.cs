using System.Formats.Tar;

namespace Ringfence.Runner.Archives;

/// <summary>The folder that an archive is unpacked to, and what came into it so far.</summary>
internal sealed class ExtractionFolder(string root, ArchiveLimits limits, ExtractionChoice choice)
{
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;

    // Otherwise we could not write into the folder, or clear it away later.
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    private readonly OrderedDictionary<string, long> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _placeOf = new(StringComparer.Ordinal);
    private readonly List<string> _leftOut = [];
    private long _copied;
    private readonly List<(string Path, DateTimeOffset Time)> _folderTimes = [];

    public Extraction Result() => new([.. _files.Select(file => new ExtractedFile(file.Key, file.Value))], [.. _leftOut]);

    public async Task AddAsync(TarEntry entry, CancellationToken cancel)
    {
        if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
            return;
        var name = Clean(entry.Name);
        switch (entry.EntryType)
        {
            case TarEntryType.Directory or TarEntryType.DirectoryList:
                AddFolder(entry, name);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                await AddFileAsync(entry, name, cancel);
                break;
            case TarEntryType.HardLink:
                AddCopy(entry, name);
                break;
            case TarEntryType.SymbolicLink:
                AddLink(entry, name);
                break;
            default:
                throw new ArchiveException($"The archive has an entry that is no file, folder or link: {Shown(entry.Name)}.");
        }
    }

    /// <summary>At the end, since each file changes the time of its folder.</summary>
    public void SetFolderTimes()
    {
        foreach (var (path, time) in Enumerable.Reverse(_folderTimes))
            Directory.SetLastWriteTimeUtc(path, time.UtcDateTime);
    }

    private void AddFolder(TarEntry entry, string name)
    {
        if (!choice.EmptyFolders)
            return;
        var place = Place(name);
        if (place.Length == 0)
            return;

        var path = FolderFor(place);
        SetMode(path, entry.Mode, OwnerFolder);
        _folderTimes.Add((path, entry.ModificationTime));
    }

    private async Task AddFileAsync(TarEntry entry, string name, CancellationToken cancel)
    {
        if (entry.Length > choice.FileBytes)
        {
            _leftOut.Add(name);
            return;
        }

        var (place, path) = Free(name, entry);
        // CreateNew does not follow a link, and nothing is there.
        await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            if (entry.DataStream is { } content)
                await content.CopyToAsync(file, 128 * 1024, cancel);
        }

        Finish(name, place, path, entry);
    }

    /// <summary>A copy, and only of a file that this archive brought: a link could reach a file that was here before.</summary>
    private void AddCopy(TarEntry entry, string name)
    {
        var original = Clean(entry.LinkName);
        if (!_placeOf.TryGetValue(original, out var source))
            throw new ArchiveException($"The archive has a hard link to a file that it does not hold: {Shown(entry.Name)}.");
        if (original == name)
            return;

        var from = Path.Combine(root, source);
        var (place, path) = Free(name, entry);
        if (!File.Exists(from))
            throw new ArchiveException($"The archive has a hard link to a file that it does not hold: {Shown(entry.Name)}.");

        // In the archive a copy takes no room, so its length says nothing of this.
        if ((_copied += new FileInfo(from).Length) > limits.Bytes)
            throw new ArchiveException($"The archive holds more than {limits.Bytes} bytes, counting files once for each of their names.");
        File.Copy(from, path, overwrite: false);
        Finish(name, place, path, entry);
    }

    private void AddLink(TarEntry entry, string name)
    {
        if (!choice.Links)
        {
            _leftOut.Add(name);
            return;
        }

        if (!ArchiveName.IsInside(Place(name), entry.LinkName))
            throw new ArchiveException($"The archive has a link that leaves its folder: {Shown(entry.Name)}.");
        var (place, path) = Free(name, entry);
        File.CreateSymbolicLink(path, entry.LinkName);
        _files.Remove(place);
        _placeOf.Remove(name);
    }

    /// <summary>The path for a new file; what was there has gone, and all folders above are real ones.</summary>
    private (string Place, string Path) Free(string name, TarEntry entry)
    {
        var place = Place(name);
        if (place.Length == 0)
            throw new ArchiveException($"The archive has a file without a name: {Shown(entry.Name)}.");

        var slash = place.LastIndexOf('/');
        var path = Path.Combine(slash < 0 ? root : FolderFor(place[..slash]), place[(slash + 1)..]);
        if (IsRealFolder(path))
            throw new ArchiveException($"The archive has a file where there is a folder: {Shown(entry.Name)}.");
        File.Delete(path);
        return (place, path);
    }

    private void Finish(string name, string place, string path, TarEntry entry)
    {
        SetMode(path, entry.Mode, OwnerFile);
        File.SetLastWriteTimeUtc(path, entry.ModificationTime.UtcDateTime);
        _files.Remove(place);
        _files.Add(place, new FileInfo(path).Length);
        _placeOf[name] = place;
    }

    /// <summary>Makes the folders one by one and refuses to pass through anything else, also through links that this archive made.</summary>
    private string FolderFor(string place)
    {
        var path = root;
        foreach (var part in place.Split('/'))
        {
            path = Path.Combine(path, part);
            if (IsRealFolder(path))
                continue;
            if (File.Exists(path) || new FileInfo(path).LinkTarget is not null)
                throw new ArchiveException($"The archive has a folder where there is a file or a link: {Shown(place)}.");
            Directory.CreateDirectory(path);
        }

        return path;
    }

    private static bool IsRealFolder(string path) => new DirectoryInfo(path) is { Exists: true, LinkTarget: null };

    private static void SetMode(string path, UnixFileMode mode, UnixFileMode atLeast)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (mode & Permissions) | atLeast);
    }

    private string Place(string name) => ArchiveName.TryClean(choice.Name(name), out var place)
        ? place
        : throw new ArchiveException($"The name leaves the folder or cannot be used here: {Shown(name)}.");

    private static string Clean(string name) => ArchiveName.TryClean(name, out var clean)
        ? clean
        : throw new ArchiveException($"The archive has a name that leaves its folder or cannot be used here: {Shown(name)}.");

    private static string Shown(string name) => name.Length <= 200 ? name : name[..200] + "…";
}
