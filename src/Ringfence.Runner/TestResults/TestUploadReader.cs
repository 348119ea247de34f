using System.Collections.Immutable;
using System.Formats.Tar;
using Ringfence.Runner.Archives;

namespace Ringfence.Runner.TestResults;

/// <summary>Reads the test results out of a tar of a step's path (EX-7.50). Nothing of it is written to this machine.</summary>
public static class TestUploadReader
{
    /// <summary>What counts in a folder: names that end so, in any case (EX-7.50).</summary>
    public const string Ending = ".xml";

    /// <summary>Whether a path may be used: a hidden folder may not (EX-7.50).</summary>
    public static bool IsAllowed(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var last = path.TrimEnd('/').Split('/')[^1];
        return !last.StartsWith('.') || last is "." or "..";
    }

    /// <summary>Reads all XML files of a folder, or the one file of whatever name.</summary>
    /// <param name="tar">Names relative to the step's path; for one file, that file alone.</param>
    /// <param name="isFile">Whether the path is one file.</param>
    /// <param name="limits">How much is taken.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ArchiveException">The archive is malformed or too large.</exception>
    public static async Task<TestUpload> ReadAsync(Stream tar, bool isFile, TestResultLimits limits, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var files = new SortedDictionary<string, JUnitFile>(StringComparer.Ordinal);
        var archive = ArchiveLimits.Default with { Bytes = limits.Bytes, Entries = limits.Files * 4 };
        try
        {
            await using var reader = new TarReader(new ScannedStream(tar, new TarScanner(archive)), leaveOpen: true);
            while (await reader.GetNextEntryAsync(copyData: false, cancel) is { } entry)
            {
                if (entry.DataStream is null || !ArchiveName.TryClean(entry.Name, out var name) || !(isFile || name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)))
                    continue;
                if (files.Count >= limits.Files)
                    throw new ArchiveException($"There are more than {limits.Files} files of test results.");
                files[name] = await ReadAsync(entry, name, limits, cancel);
            }
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or EndOfStreamException or NotSupportedException)
        {
            throw new ArchiveException("The tar archive of the test results is cut off or malformed.", e);
        }

        return new TestUpload(
            [.. files.Values.SelectMany(file => file.Results).Take(limits.Tests)],
            [.. files.Keys],
            files.Where(file => file.Value.Problems.Length > 0).ToImmutableSortedDictionary(file => file.Key, file => file.Value.Problems, StringComparer.Ordinal));
    }

    private static async Task<JUnitFile> ReadAsync(TarEntry entry, string name, TestResultLimits limits, CancellationToken cancel)
    {
        if (entry.Length > limits.FileBytes)
            return new JUnitFile([], [$"the file has more than {limits.FileBytes} bytes"]);

        var content = new byte[entry.Length];
        await entry.DataStream!.ReadExactlyAsync(content, cancel);
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return JUnitReader.Read(content, slash > 0 ? name[..slash] : null, limits);
    }
}
