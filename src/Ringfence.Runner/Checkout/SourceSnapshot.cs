using System.IO.Enumeration;
using Ringfence.Runner.Archives;

namespace Ringfence.Runner.Checkout;

/// <summary>The code of a run, as it was when the run began: every job gets the same, whatever is edited meanwhile.</summary>
/// <param name="Folder">Where it lies on this machine.</param>
/// <param name="Description">What it is, for a person.</param>
public sealed record SourceSnapshot(string Folder, string Description)
{
    /// <summary>The commit that it is, or is based on (EX-7.11); empty when there is none.</summary>
    public string Revision { get; init; } = "";

    /// <summary>How many files differ from the commit, untracked ones included.</summary>
    public int Changes { get; init; }

    /// <summary>Writes it as a tar.</summary>
    public Task WriteTarAsync(Stream tar, CancellationToken cancel) => TarFolder.WriteAsync(Folder, Names(), tar, cancel);

    /// <summary>All files, folders and links, relative to the folder.</summary>
    internal IEnumerable<string> Names()
    {
        // A link is an entry of its own; what it leads to is not part of the code.
        var entries = new FileSystemEnumerable<string>(
            Folder,
            (ref FileSystemEntry entry) => entry.ToFullPath(),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false })
        {
            ShouldRecursePredicate = static (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        return entries.Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal);
    }
}
