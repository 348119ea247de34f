using System.Formats.Tar;
using Ringfence.Agent.Native;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Files;

/// <summary>Archives files and folders of the sandbox, in the order of their names.</summary>
internal sealed class TarOut(GetTar request, Stream output)
{
    private const int DeepestFolder = 256;
    private const int MostLeftOut = 20;
    private static readonly byte[] EndOfArchive = new byte[1024];

    private readonly Done _done = new();
    private readonly Stack<string> _folders = new();

    /// <summary>Writes the archive. Names in it are relative to the folder of the request.</summary>
    public Done Write()
    {
        using (var writer = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var path in request.Paths)
            {
                var full = Path.GetFullPath(path, request.Directory);
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
        if (name.Length > 0 && status?.Kind is FileKind.Regular or FileKind.Folder or FileKind.Link)
        {
            Write(writer, real, name, status.Value);
            _done.Files++;
        }

        if (status?.Kind is not FileKind.Folder)
            return;
        _folders.Push(real);
        foreach (var child in Directory.EnumerateFileSystemEntries(real).Order(StringComparer.Ordinal))
        {
            var last = Path.GetFileName(child);
            Add(writer, child, name.Length == 0 ? last : $"{name}/{last}", depth + 1);
        }

        _folders.Pop();
    }

    // Not by .NET's own way from a file to an entry, which keeps whole seconds only.
    private static void Write(TarWriter writer, string path, string name, FileStatus status)
    {
        using var content = status.Kind == FileKind.Regular ? new FileSnapshot(path) : null;
        var type = status.Kind switch
        {
            FileKind.Folder => TarEntryType.Directory,
            FileKind.Link => TarEntryType.SymbolicLink,
            _ => TarEntryType.RegularFile,
        };

        var target = status.Kind == FileKind.Link ? new FileInfo(path).LinkTarget ?? throw new IOException($"cannot read the link {path}") : "";

        // A line end in a name breaks the pax form, as .NET reads it; the GNU form keeps whole seconds only.
        PosixTarEntry entry = name.Contains('\n', StringComparison.Ordinal) || target.Contains('\n', StringComparison.Ordinal) ? new GnuTarEntry(type, name) : new PaxTarEntry(type, name);
        (entry.Mode, entry.Uid, entry.Gid, entry.ModificationTime) = (status.Mode, status.User, status.Group, status.Changed);
        if (target.Length > 0)
            entry.LinkName = target;
        else if (content is { Length: > 0 })
            entry.DataStream = content;
        writer.WriteEntry(entry);
    }

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

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path) || new FileInfo(path).LinkTarget is not null;
}
