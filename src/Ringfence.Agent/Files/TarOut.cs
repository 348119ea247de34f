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

        var (real, isFolder) = Resolve(path);
        if (name.Length > 0 && FileKinds.IsOrdinary(real))
        {
            writer.WriteEntry(real, name);
            _done.Files++;
        }

        if (!isFolder)
            return;
        foreach (var child in Directory.EnumerateFileSystemEntries(real).Order(StringComparer.Ordinal))
        {
            var last = Path.GetFileName(child);
            Add(writer, child, name.Length == 0 ? last : $"{name}/{last}", depth + 1);
        }
    }

    private (string Real, bool IsFolder) Resolve(string path)
    {
        var info = new FileInfo(path);
        if (info.LinkTarget is null)
            return (path, Directory.Exists(path));
        if (!request.FollowLinks)
            return (path, false);
        var target = info.ResolveLinkTarget(returnFinalTarget: true);
        return target is { Exists: true } ? (target.FullName, target is DirectoryInfo || Directory.Exists(target.FullName)) : (path, false);
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
