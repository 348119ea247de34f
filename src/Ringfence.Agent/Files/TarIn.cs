using System.Formats.Tar;
using Ringfence.Agent.Native;
using Ringfence.Protocol;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Files;

/// <summary>Puts an archive into a folder. No entry gets out of it: neither by its name nor through a link of the same archive.</summary>
internal sealed class TarIn(PutTar request)
{
    private static readonly EnumerationOptions WholeFolder = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private readonly HashSet<string> _links = new(StringComparer.Ordinal);
    private readonly HashSet<FileIdentity> _written = [];
    private readonly List<(string Path, UnixFileMode Mode, DateTimeOffset Time)> _folders = [];
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

        // At the end, since each file needs the right to write to its folder and changes the folder's time: programs such as npm distrust what is older than
        // its folder.
        foreach (var (path, mode, time) in Enumerable.Reverse(_folders))
        {
            // A later entry may have taken its place.
            if (FileStatus.Of(path)?.Kind != FileKind.Folder)
                continue;
            File.SetUnixFileMode(path, mode);
            Directory.SetLastWriteTimeUtc(path, time.UtcDateTime);
        }

        return _done;
    }

    private async Task PutAsync(TarEntry entry, string path, CancellationToken cancel)
    {
        if (Path.GetDirectoryName(path) is { } folder)
            Directory.CreateDirectory(folder);
        if (entry.EntryType is not TarEntryType.Directory && path.Length <= Math.Max(1, request.Directory.TrimEnd('/').Length))
            throw new UnsafeArchiveException($"The archive has the entry {entry.Name}, which would take the place of the folder that it is put into.");
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
                if (PutTwin(entry, path))
                    return;
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                await PutFileAsync(entry, path, cancel).ConfigureAwait(false);
                break;
            default:
                throw new UnsafeArchiveException($"{entry.Name} is a {entry.EntryType}: only files, folders and links are taken.");
        }

        if (!request.KeepOwners || Libc.EffectiveUser() != 0)
            return;
        _ = Libc.ChangeOwner(path, (uint)entry.Uid, (uint)entry.Gid);

        // A new owner takes these from a file.
        if (entry.EntryType is not (TarEntryType.SymbolicLink or TarEntryType.Directory) && (entry.Mode & (UnixFileMode.SetUser | UnixFileMode.SetGroup)) != 0)
            File.SetUnixFileMode(path, entry.Mode);
    }

    private void PutFolder(TarEntry entry, string path)
    {
        // A link to a folder that was there before is taken as the folder.
        var isNew = !Directory.Exists(path);
        if (isNew)
        {
            Clear(path);
            Directory.CreateDirectory(path);
        }

        if (_links.Contains(path))
            return;
        try
        {
            // Without the right to enter it, what comes next could not be put into it.
            File.SetUnixFileMode(path, entry.Mode | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            _folders.Add((path, entry.Mode, entry.ModificationTime));
        }
        catch (UnauthorizedAccessException) when (!isNew)
        {
            // Somebody else's, such as /tmp, which stays as it is.
        }
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

        if (FileStatus.Of(path) is { } written)
            _written.Add(written.Identity);
    }

    /// <summary>
    /// Gives a file of this archive one more name. No other file gets one: whoever may then change that name, its mode or its owner would change the file for
    /// all. So it is not the name that decides but which file it is, and once more when the name is there.
    /// </summary>
    /// <returns>Whether it is the same file; otherwise it is a copy, which has an owner of its own.</returns>
    private bool PutTwin(TarEntry entry, string path)
    {
        var first = Place(entry.LinkName);
        if (!IsWritten(first))
            throw new UnsafeArchiveException($"The archive has the entry {entry.Name}, a link to {entry.LinkName}, which is no file that the archive has brought before.");
        if (first == path)
            return true;
        Clear(path);
        if (Libc.Link(first, path) != 0)
        {
            // Another file system, or one that gives a file one name only. Copied with its mode; the time is that of the first.
            File.Copy(first, path, overwrite: false);
            if (FileStatus.Of(path) is { } copy)
                _written.Add(copy.Identity);
            return false;
        }

        if (IsWritten(path))
            return true;
        File.Delete(path);
        throw new UnsafeArchiveException($"The archive has the entry {entry.Name}, a link to {entry.LinkName}, in whose place there is another file by now.");
    }

    private bool IsWritten(string path) => FileStatus.Of(path) is { Kind: FileKind.Regular, Identity: var identity } && _written.Contains(identity);

    /// <summary>What is there is replaced, not written into: another name may lead to the same file.</summary>
    private void Clear(string path)
    {
        switch (FileStatus.Of(path))
        {
            case null:
                break;
            case { Kind: FileKind.Folder }:
                foreach (var below in Directory.EnumerateFiles(path, "*", WholeFolder))
                    Forget(FileStatus.Of(below));
                Directory.Delete(path, recursive: true);
                break;
            case var file:
                Forget(file);
                File.Delete(path);
                break;
        }
    }

    /// <summary>The file system may give the number of a file that has gone to another one.</summary>
    private void Forget(FileStatus? gone)
    {
        if (gone is { } file)
            _written.Remove(file.Identity);
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
