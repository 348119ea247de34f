using System.Collections.Immutable;

namespace Ringfence.Runner.Checkout;

/// <summary>What is in a working tree.</summary>
internal sealed record TreeListing
{
    /// <summary>Files that git tracks, there or deleted.</summary>
    public required ImmutableArray<string> Tracked { get; init; }

    /// <summary>Files that git neither tracks nor ignores.</summary>
    public required ImmutableArray<string> Untracked { get; init; }

    /// <summary>Folders with repositories of their own: submodules, and what was cloned into the tree.</summary>
    public required ImmutableArray<string> Repositories { get; init; }

    /// <summary>Tracked files that a sparse checkout leaves out.</summary>
    public required ImmutableArray<string> Sparse { get; init; }

    /// <summary>What differs from the commit.</summary>
    public required ImmutableHashSet<string> Changed { get; init; }

    /// <summary>What has a name that is no UTF-8, tracked or not: .NET cannot open it.</summary>
    public required ImmutableArray<string> LeftOut { get; init; }

    /// <summary>Asks git for it.</summary>
    public static async Task<TreeListing> ReadAsync(GitProgram git, WorkingCopy copy, CancellationToken cancel)
    {
        var filters = copy.WithoutFilters().SelectMany(setting => (string[])["-c", setting]);
        var asking = git.AskAsync(copy.Root, [.. filters, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--ignore-submodules=dirty", "--no-renames"], cancel);
        var index = await git.AskAsync(copy.Root, ["ls-files", "-z", "-t", "--stage"], cancel).ConfigureAwait(false);
        var status = await asking.ConfigureAwait(false);
        if (!index.IsFine || !status.IsFine)
            throw new SourceException($"git cannot list the files of {copy.Root}: {(index.IsFine ? status : index).Complaint}.", "see what 'git status' says there");

        var all = index.Parts().Select(part => (Entry: TrackedEntry.Parse(part.Text), part.IsExact)).ToList();
        var entries = all.Where(e => e.IsExact).Select(e => e.Entry).DistinctBy(entry => entry.Name).ToList();
        var changes = status.Parts().Select(part => (IsUntracked: part.Text.StartsWith("??", StringComparison.Ordinal), Name: part.Text[3..], part.IsExact)).ToList();
        var untracked = changes.Where(c => c is { IsUntracked: true, IsExact: true }).Select(c => c.Name).ToList();
        return new TreeListing
        {
            Tracked = [.. entries.Where(e => !e.IsRepository).Select(e => e.Name)],
            Untracked = [.. untracked.Where(name => !name.EndsWith('/'))],
            Repositories = [.. entries.Where(e => e.IsRepository).Select(e => e.Name), .. untracked.Where(name => name.EndsWith('/')).Select(name => name.TrimEnd('/'))],
            Sparse = [.. entries.Where(e => e is { IsSparse: true, IsRepository: false }).Select(e => e.Name)],
            LeftOut = [.. all.Where(e => !e.IsExact).Select(e => e.Entry.Name).Concat(changes.Where(c => c is { IsUntracked: true, IsExact: false }).Select(c => c.Name)).Distinct(StringComparer.Ordinal)],
            Changed = [.. changes.Select(c => c.Name.TrimEnd('/'))],
        };
    }

    /// <summary>A line such as <c>H 100644 0123… 0</c>, a tab and the name.</summary>
    private sealed record TrackedEntry(string Name, bool IsRepository, bool IsSparse)
    {
        public static TrackedEntry Parse(string line)
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            return new TrackedEntry(line[(tab + 1)..], line.AsSpan(2).StartsWith("160000 "), line[0] is 'S');
        }
    }
}
