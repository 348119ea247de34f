using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Formats.Tar;

namespace Ringfence.Runner.Checkout;

/// <summary>Copies files with their modes and times, several at once. Counts over all calls, so that the limits are those of the whole snapshot.</summary>
internal sealed class FileCopies(SourceLimits limits)
{
    private int _files;
    private long _bytes;

    /// <summary>Copies files and links; what has gone meanwhile, is a folder, or is no file at all is left out.</summary>
    /// <param name="from">The folder that the names are below.</param>
    /// <param name="into">Where they go; nothing of that name is there yet.</param>
    /// <param name="names">Names with forward slashes.</param>
    /// <param name="cancel">Stops between two files.</param>
    /// <returns>Links that were left out, since what they lead to has a name that is no UTF-8.</returns>
    public Task<ImmutableArray<string>> CopyAsync(string from, string into, IReadOnlyCollection<string> names, CancellationToken cancel) => Task.Run(() => Copy(from, into, names, cancel), cancel);

    private ImmutableArray<string> Copy(string from, string into, IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        if (_files + names.Count > limits.Files)
            throw TooMuch($"more than {limits.Files:N0} files");
        _files += names.Count;

        var folders = new RealFolders(from);
        var made = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var unnamed = new ConcurrentBag<string>();
        var links = new ConcurrentBag<(string Name, string Target, DateTime Written)>();
        var options = new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 2, 8) };
        try
        {
            Parallel.ForEach(Partitioner.Create(names), options, name => CopyOne(name));
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<SourceException>().FirstOrDefault() is { } first)
        {
            throw new SourceException(first.Message, first.Hint);
        }

        // Last, so that no file is written through one.
        foreach (var (name, target, written) in links)
        {
            MakeFolder(name);
            var link = Path.Join(into, name);
            File.CreateSymbolicLink(link, target);
            File.SetLastWriteTimeUtc(link, written);
        }

        return [.. unnamed.Order(StringComparer.Ordinal)];

        void CopyOne(string name)
        {
            var file = new FileInfo(Path.Join(from, name));
            try
            {
                // A missing file has all attributes.
                if (!folders.IsReal(name) || (int)file.Attributes == -1)
                    return;
                if (file.LinkTarget is { } leading && leading.Contains('\uFFFD', StringComparison.Ordinal))
                    unnamed.Add(name);
                else if (file.LinkTarget is { } target)
                    links.Add((name, target, file.LastWriteTimeUtc));
                else if ((file.Attributes & FileAttributes.Directory) == 0 && (file.Length > 0 || IsEmptyFile(file.FullName)))
                    CopyFile(file, name);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException && !Path.Exists(file.FullName))
            {
                // Removed since it was listed: then it is not part of the code.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new SourceException($"{file.FullName} cannot be copied: {e.Message}", "make it readable, or name it in .gitignore");
            }
        }

        void CopyFile(FileInfo file, string name)
        {
            if (Interlocked.Add(ref _bytes, file.Length) > limits.Bytes)
                throw TooMuch($"more than {limits.Bytes / (1024 * 1024):N0} MB");
            MakeFolder(name);
            file.CopyTo(Path.Join(into, name));
        }

        void MakeFolder(string name)
        {
            var slash = name.LastIndexOf('/');
            if (slash < 0 || made.ContainsKey(name[..slash]))
                return;
            Directory.CreateDirectory(Path.Join(into, name[..slash]));
            made[name[..slash]] = true;
        }
    }

    private static SourceException TooMuch(string what) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The code of this run has {what}."), "name what is not part of it in .gitignore, or run in the folder of the project");

    /// <summary>Whether what has no bytes is a file: opening a pipe would wait for its other end. .NET tells the kinds apart only when it archives.</summary>
    private static bool IsEmptyFile(string path)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Gnu, leaveOpen: true))
        {
            try
            {
                writer.WriteEntry(path, "file");
            }
            catch (IOException)
            {
                return false;
            }
        }

        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()?.EntryType is TarEntryType.RegularFile;
    }
}
