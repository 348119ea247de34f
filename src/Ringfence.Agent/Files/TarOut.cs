using System.Formats.Tar;
using Ringfence.Agent.Native;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Files;

/// <summary>Archives files and folders of the sandbox, in the order of their names.</summary>
internal sealed class TarOut(GetTar request, Stream output)
{
    private const int DeepestFolder = 256;
    private const int MostLeftOut = 20;
    private const int MostLinks = 40;
    private static readonly byte[] EndOfArchive = new byte[1024];

    private readonly Done _done = new();
    private readonly Stack<string> _folders = new();
    private readonly SystemFolder _system = new();
    private readonly Dictionary<string, bool> _comingLinks = new(StringComparer.Ordinal);
    private readonly Dictionary<FileIdentity, (string Name, FileStatus Status)> _first = [];

    /// <summary>Writes the archive. Names in it are relative to the folder of the request.</summary>
    public Done Write()
    {
        using (var writer = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var path in request.Paths)
            {
                var full = Placed(Path.GetFullPath(path, request.Directory));
                if (Exists(full))
                    Add(writer, full, EntryName(full), 0);
                else if (IsUnnamed(full))
                    LeaveOut(full);
                else if (request.MissingIsFine)
                    _done.Missing.Add(path);
                else
                    throw new FileNotFoundException($"stat {full}: no such file or directory", full);
            }
        }

        // .NET ends an archive only if there is something in it.
        if (_done.Files == 0)
            output.Write(EndOfArchive);
        output.Flush();
        return _done;
    }

    private void Add(TarWriter writer, string path, string name, int depth)
    {
        if (depth > DeepestFolder)
            throw new IOException($"{path} lies more than {DeepestFolder} folders deep: does a link lead back to where it is?");

        var (real, status) = Resolve(path);

        if (status is null && IsUnnamed(path))
            LeaveOut(path);
        if (status?.Kind is FileKind.Link && new FileInfo(path).LinkTarget is { } leading && IsUnnamed(leading))
        {
            LeaveOut(path);
            return;
        }

        if (status is { Kind: FileKind.Folder } folder && _system.WhatIs(real, folder, request.FollowLinks) is { } system)
        {
            if (depth == 0)
                throw new IOException($"{path} {(path == system ? "is" : "leads to")} {system}, which no archive goes into: name the folder that holds the files.");
            NotEntered(path);
            return;
        }

        if (name.Length > 0 && status?.Kind is FileKind.Regular or FileKind.Folder or FileKind.Link && IsWanted(path, status.Value.Kind, depth))
            WriteIfReadable(writer, real, name, status.Value);

        if (status?.Kind is not FileKind.Folder)
            return;
        _folders.Push(real);
        foreach (var child in Children(real))
        {
            var last = Path.GetFileName(child);
            Add(writer, child, name.Length == 0 ? last : $"{name}/{last}", depth + 1);
        }

        _folders.Pop();
    }

    private bool IsWanted(string path, FileKind kind, int depth) =>
        request.OnlyEnding.Length == 0 || (kind == FileKind.Regular && (depth == 0 || path.EndsWith(request.OnlyEnding, StringComparison.OrdinalIgnoreCase)));

    private string[] Children(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (request.SkipUnreadable && IsUnreadable(e))
        {
            SkipUnreadable(folder);
            return [];
        }
    }

    // Opened before anything of it is written: an archive cannot take an entry back.
    private void WriteIfReadable(TarWriter writer, string path, string name, FileStatus status)
    {
        var twin = TwinOf(name, status);
        FileSnapshot? content;
        try
        {
            content = status.Kind == FileKind.Regular && twin is null ? new FileSnapshot(path) : null;
        }
        catch (Exception e) when (request.SkipUnreadable && IsUnreadable(e))
        {
            SkipUnreadable(path);
            return;
        }

        using (content)
            Write(writer, path, name, status, twin, content);
        _done.Files++;
    }

    // Nobody may read it, or it has gone since it was listed.
    private static bool IsUnreadable(Exception e) => e is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException;

    private void SkipUnreadable(string path)
    {
        if (_done.Unreadable.Count < MostLeftOut)
            _done.Unreadable.Add(path);
    }

    // Not by .NET's own way from a file to an entry, which keeps whole seconds only.
    private static void Write(TarWriter writer, string path, string name, FileStatus status, string? twin, FileSnapshot? content)
    {
        var type = status.Kind switch
        {
            FileKind.Folder => TarEntryType.Directory,
            FileKind.Link => TarEntryType.SymbolicLink,
            _ => twin is null ? TarEntryType.RegularFile : TarEntryType.HardLink,
        };

        var target = status.Kind == FileKind.Link ? new FileInfo(path).LinkTarget ?? throw new IOException($"cannot read the link {path}") : twin ?? "";

        // A line end in a name breaks the pax form, as .NET reads it; the GNU form keeps whole seconds only.
        PosixTarEntry entry = name.Contains('\n', StringComparison.Ordinal) || target.Contains('\n', StringComparison.Ordinal) ? new GnuTarEntry(type, name) : new PaxTarEntry(type, name);
        (entry.Mode, entry.Uid, entry.Gid, entry.ModificationTime) = (status.Mode, status.User, status.Group, status.Changed);
        if (target.Length > 0)
            entry.LinkName = target;
        else if (content is { Length: > 0 })
            entry.DataStream = content;
        writer.WriteEntry(entry);
    }

    /// <summary>The first name that a file has in this archive; null when this is the first. Where links are followed each name is a file: what is stored there knows no links.</summary>
    private string? TwinOf(string name, FileStatus status)
    {
        if (request.FollowLinks || status is not { Kind: FileKind.Regular, Names: > 1 })
            return null;

        // Some file systems give several files one number; then they hardly agree in all else.
        if (_first.TryGetValue(status.Identity, out var first) && first.Status == status && first.Name != name)
            return first.Name;
        _first[status.Identity] = (name, status);
        return null;
    }

    /// <summary>
    /// Where to look for what a path names. When it goes through a link that comes along itself, no archive could bring both back under these names: the link
    /// comes as a link, and what lies behind it under its own name.
    /// </summary>
    private string Placed(string full)
    {
        for (var followed = 0; !request.FollowLinks && followed < MostLinks; followed++)
        {
            if (LinkAbove(full) is not { } link || new FileInfo(link).ResolveLinkTarget(returnFinalTarget: false) is not { } target)
                return full;
            var placed = Path.GetFullPath(Path.Join(target.FullName, full[link.Length..]));
            if (!placed.StartsWith(request.Directory.TrimEnd('/') + "/", StringComparison.Ordinal))
                throw new IOException($"{full} goes through the link {link}, which leads out of {request.Directory} and is archived itself: name only one of the two.");
            full = placed;
        }

        return full;
    }

    /// <summary>The first link on the way to a path that another path brings along; null when there is none.</summary>
    private string? LinkAbove(string full)
    {
        for (var end = full.IndexOf('/', 1); end > 0; end = full.IndexOf('/', end + 1))
        {
            var above = full[..end];
            if (!_comingLinks.TryGetValue(above, out var comes))
                _comingLinks[above] = comes = FileStatus.Of(above)?.Kind is FileKind.Link && IsAskedFor(above);
            if (comes)
                return above;
        }

        return null;
    }

    private bool IsAskedFor(string full) =>
        request.Paths.Select(path => Path.GetFullPath(path, request.Directory).TrimEnd('/')).Any(path => full == path || full.StartsWith(path + "/", StringComparison.Ordinal));

    /// <summary>A link is followed where that is asked for and it leads somewhere; one that leads back to where it is counts as nothing.</summary>
    private (string Real, FileStatus? Status) Resolve(string path)
    {
        var status = FileStatus.Of(path);
        if (!request.FollowLinks || status?.Kind != FileKind.Link
            || new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is not { } target || FileStatus.Of(target.FullName) is not { } there)
            return (path, status);
        var real = Path.GetFullPath(target.FullName);
        return _folders.Contains(real) ? (path, null) : (real, there);
    }

    private string EntryName(string full)
    {
        var folder = request.Directory.TrimEnd('/');
        if (string.Equals(full.TrimEnd('/'), folder, StringComparison.Ordinal))
            return "";
        return full.StartsWith(folder + "/", StringComparison.Ordinal) ? full[(folder.Length + 1)..] : full.TrimStart('/');
    }

    // .NET cannot name what has a name that is no UTF-8.
    private static bool IsUnnamed(string path) => path.Contains('\uFFFD', StringComparison.Ordinal);

    private void LeaveOut(string path)
    {
        if (_done.LeftOut.Count < MostLeftOut)
            _done.LeftOut.Add(path);
    }

    private void NotEntered(string path)
    {
        if (_done.NotEntered.Count < MostLeftOut)
            _done.NotEntered.Add(path);
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path) || new FileInfo(path).LinkTarget is not null;
}
