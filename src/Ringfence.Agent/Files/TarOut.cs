using System.Formats.Tar;
using Ringfence.Agent.Native;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Files;

/// <summary>Archives files and folders of the sandbox, in the order of their names.</summary>
internal sealed class TarOut(GetTar request, Stream output)
{
    private const int DeepestFolder = 256;

    private readonly Done _done = new();

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
                else if (request.MissingIsFine)
                    _done.Missing.Add(path);
                else
                    throw new FileNotFoundException($"stat {full}: no such file or directory", full);
            }
        }

        output.Flush();
        return _done;
    }

    private void Add(TarWriter writer, string path, string name, int depth)
    {
        if (depth > DeepestFolder)
            throw new IOException($"{path} lies more than {DeepestFolder} folders deep: does a link lead back to where it is?");

        var (real, status) = Resolve(path);
        if (name.Length > 0 && status?.Kind is FileKind.Regular or FileKind.Folder or FileKind.Link)
        {
            Write(writer, real, name, status.Value);
            _done.Files++;
        }

        if (status?.Kind is not FileKind.Folder)
            return;
        foreach (var child in Directory.EnumerateFileSystemEntries(real).Order(StringComparer.Ordinal))
        {
            var last = Path.GetFileName(child);
            Add(writer, child, name.Length == 0 ? last : $"{name}/{last}", depth + 1);
        }
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
        var entry = new PaxTarEntry(type, name) { Mode = status.Mode, Uid = status.User, Gid = status.Group, ModificationTime = status.Changed };
        if (status.Kind == FileKind.Link)
            entry.LinkName = new FileInfo(path).LinkTarget ?? throw new IOException($"cannot read the link {path}");
        else if (content is { Length: > 0 })
            entry.DataStream = content;
        writer.WriteEntry(entry);
    }

    /// <summary>A link is followed where that is asked for and it leads somewhere.</summary>
    private (string Real, FileStatus? Status) Resolve(string path)
    {
        var status = FileStatus.Of(path);
        return request.FollowLinks && status?.Kind == FileKind.Link
            && new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is { } target && FileStatus.Of(target.FullName) is { } there
            ? (target.FullName, there)
            : (path, status);
    }

    private string EntryName(string full)
    {
        var folder = request.Directory.TrimEnd('/');
        if (string.Equals(full.TrimEnd('/'), folder, StringComparison.Ordinal))
            return "";
        return full.StartsWith(folder + "/", StringComparison.Ordinal) ? full[(folder.Length + 1)..] : full.TrimStart('/');
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path) || new FileInfo(path).LinkTarget is not null;
}
