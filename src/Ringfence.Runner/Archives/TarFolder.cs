using System.Formats.Tar;

namespace Ringfence.Runner.Archives;

/// <summary>Writes files of this machine as a tar. The same files give the same bytes: in one order, without owners.</summary>
public static class TarFolder
{
    private static readonly byte[] EndOfArchive = new byte[1024];

    /// <summary>Writes the named files, folders and links; links stay links, and a folder does not bring what is in it.</summary>
    /// <param name="root">The folder that the names are below.</param>
    /// <param name="names">Names with forward slashes. One that has gone by now is left out.</param>
    /// <param name="tar">Where the archive goes; it is not closed.</param>
    /// <param name="cancel">Stops between two files or within one.</param>
    /// <exception cref="ArchiveException">A name leaves the folder.</exception>
    public static async Task WriteAsync(string root, IEnumerable<string> names, Stream tar, CancellationToken cancel)
    {
        // The GNU form: pax entries of .NET carry the id of this process in their names.
        await using var writer = new TarWriter(tar, TarEntryFormat.Gnu, leaveOpen: true);
        var hasEntries = false;
        foreach (var name in names.Select(Clean).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            await WriteAsync(root, name, writer, cancel);
            hasEntries = true;
        }

        // .NET ends an archive only if there is something in it.
        if (!hasEntries)
            await tar.WriteAsync(EndOfArchive, cancel);
    }

    private static async Task WriteAsync(string root, string name, TarWriter writer, CancellationToken cancel)
    {
        var file = new FileInfo(Path.Combine(root, name));
        if (file.LinkTarget is { } target)
        {
            var link = Entry(TarEntryType.SymbolicLink, name, file);
            link.LinkName = target;
            await writer.WriteEntryAsync(link, cancel);
        }
        else if (Directory.Exists(file.FullName))
        {
            await writer.WriteEntryAsync(Entry(TarEntryType.Directory, name + "/", file), cancel);
        }
        else if (file.Exists && (file.Attributes & FileAttributes.Device) == 0)
        {
            await using var content = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var entry = Entry(TarEntryType.RegularFile, name, file);
            entry.DataStream = content;
            await writer.WriteEntryAsync(entry, cancel);
        }
    }

    private static GnuTarEntry Entry(TarEntryType type, string name, FileInfo file)
    {
        var entry = new GnuTarEntry(type, name)
        {
            // Whole seconds: that is what the form has, and what a half would be rounded to.
            ModificationTime = DateTimeOffset.FromUnixTimeSeconds(new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeSeconds()),
            AccessTime = default,
            ChangeTime = default,
        };
        if (type is not TarEntryType.SymbolicLink)
            entry.Mode = OperatingSystem.IsWindows() ? entry.Mode : file.UnixFileMode & (UnixFileMode)0b111_111_111;
        return entry;
    }

    private static string Clean(string name) => ArchiveName.TryClean(name, out var clean) && clean.Length > 0
        ? clean
        : throw new ArchiveException($"The name '{name}' is not one of a file below the folder.");
}
