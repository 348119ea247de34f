using System.Formats.Tar;
using Ringfence.Agent.Native;
using Ringfence.Protocol;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Files;

/// <summary>Puts an archive into a folder. No entry gets out of it: neither by its name nor through a link of the same archive.</summary>
internal sealed class TarIn(PutTar request)
{
    private readonly HashSet<string> _links = new(StringComparer.Ordinal);
    private readonly List<(string Path, DateTimeOffset Time)> _folderTimes = [];
    private readonly byte[] _buffer = new byte[Frames.PartLength];
    private readonly Done _done = new();

    /// <summary>Reads the archive to its end.</summary>
    public async Task<Done> ReadAsync(Stream archive, CancellationToken cancel)
    {
        Directory.CreateDirectory(request.Directory);
        using var reader = new TarReader(archive, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancel).ConfigureAwait(false) is { } entry)
        {
            if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
                continue;
            await PutAsync(entry, Place(entry.Name), cancel).ConfigureAwait(false);
            _done.Files++;
        }

        // At the end, since each file changes the time of its folder: programs such as npm distrust what is older than its folder.
        foreach (var (path, time) in Enumerable.Reverse(_folderTimes))
            Directory.SetLastWriteTimeUtc(path, time.UtcDateTime);
        return _done;
    }

    private async Task PutAsync(TarEntry entry, string path, CancellationToken cancel)
    {
        if (Path.GetDirectoryName(path) is { } folder)
            Directory.CreateDirectory(folder);
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                PutFolder(entry, path);
                break;
            case TarEntryType.SymbolicLink:
                Clear(path);
                File.CreateSymbolicLink(path, entry.LinkName);
                File.SetLastWriteTimeUtc(path, entry.ModificationTime.UtcDateTime);
                _links.Add(path);
                break;
            case TarEntryType.HardLink:
                Clear(path);
                if (Libc.Link(Place(entry.LinkName), path) != 0)
                    throw new IOException($"cannot link {path} to {entry.LinkName}");
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                await PutFileAsync(entry, path, cancel).ConfigureAwait(false);
                break;
            default:
                throw new UnsafeArchiveException($"{entry.Name} is a {entry.EntryType}: only files, folders and links are taken.");
        }

        if (request.KeepOwners && Libc.EffectiveUser() == 0)
            _ = Libc.ChangeOwner(path, (uint)entry.Uid, (uint)entry.Gid);
    }

    private void PutFolder(TarEntry entry, string path)
    {
        // A link to a folder that was there before is taken as the folder.
        if (!Directory.Exists(path))
        {
            Clear(path);
            Directory.CreateDirectory(path);
        }

        // Without the right to enter it, what comes next could not be put into it.
        if (_links.Contains(path))
            return;
        File.SetUnixFileMode(path, entry.Mode | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _folderTimes.Add((path, entry.ModificationTime));
    }

    private async Task PutFileAsync(TarEntry entry, string path, CancellationToken cancel)
    {
        Clear(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        var file = new FileStream(path, options);
        await using (file.ConfigureAwait(false))
        {
            if (entry.DataStream is { } data)
            {
                // Written in place: the page cache takes the bytes at the speed of memory, and another thread costs more.
                for (int count; (count = await data.ReadAsync(_buffer, cancel).ConfigureAwait(false)) > 0;)
                    file.Write(_buffer, 0, count);
            }

            _done.Bytes += (ulong)file.Length;
            File.SetUnixFileMode(file.SafeFileHandle, entry.Mode);
            File.SetLastWriteTimeUtc(file.SafeFileHandle, entry.ModificationTime.UtcDateTime);
        }
    }

    /// <summary>Existing files are replaced, not written into: another name may lead to the same file.</summary>
    private static void Clear(string path)
    {
        if (new FileInfo(path).LinkTarget is not null || File.Exists(path))
            File.Delete(path);
    }

    private string Place(string name)
    {
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p is not ".").ToArray();
        if (name.StartsWith('/') || parts.Contains("..", StringComparer.Ordinal))
            throw new UnsafeArchiveException($"The archive has the entry {name}, which leaves the folder that it is put into.");

        var path = request.Directory.TrimEnd('/');
        foreach (var part in parts)
        {
            if (_links.Contains(path))
                throw new UnsafeArchiveException($"The archive has the entry {name}, which goes through a link of the same archive.");
            path = $"{path}/{part}";
        }

        return path.Length == 0 ? "/" : path;
    }
}
