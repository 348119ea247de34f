using System.Collections.Immutable;
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

    /// <summary>What is not in it, since its name, or that of what a link leads to, is no UTF-8.</summary>
    public ImmutableArray<string> LeftOut { get; init; } = [];

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
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => IsNamed(ref entry),
            ShouldRecursePredicate = static (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0 && IsNamed(ref entry),
        };
        return entries.Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal);
    }

    /// <summary>Whether .NET can name it: what is no UTF-8 gets another name, by which nothing is found.</summary>
    internal static bool IsNamed(ref FileSystemEntry entry) => !entry.FileName.Contains('\uFFFD') || new FileInfo(entry.ToFullPath()) is { Exists: true } or { LinkTarget: not null } || Directory.Exists(entry.ToFullPath());
}
