using System.Formats.Tar;
using Ringfence.Runner.Blobs;

namespace Ringfence.Runner.Archives;

/// <summary>
/// Unpacks a tar that a job made into a folder of this machine. Nothing is written or read outside of that folder, whatever the archive says;
/// owners, set-user-id bits and devices are not taken over.
/// </summary>
public static class SafeTar
{
    /// <summary>Unpacks; files that are there are replaced, and links that are there are not followed.</summary>
    /// <exception cref="ArchiveException">The archive is malformed, beyond the limits, or has a name, a link or a device that is refused. What came before it stays.</exception>
    /// <exception cref="StoreException">The disk is full or cannot be written.</exception>
    public static async Task<Extraction> ExtractAsync(Stream tar, string folder, ArchiveLimits limits, ExtractionChoice choice, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(choice);
        var target = new ExtractionFolder(folder, limits, choice);
        try
        {
            Directory.CreateDirectory(folder);
            await using var reader = new TarReader(new ScannedStream(tar, new TarScanner(limits)), leaveOpen: true);
            while (await reader.GetNextEntryAsync(copyData: false, cancel) is { } entry)
                await target.AddAsync(entry, cancel);
            target.SetFolderTimes();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or EndOfStreamException or NotSupportedException)
        {
            throw new ArchiveException("The tar archive is cut off or malformed.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.Writing(folder, e);
        }

        return target.Result();
    }
}
