using System.Collections.Immutable;

namespace Ringfence.Runner.Checkout;

/// <summary>A repository of the user with its files, as git sees it. It is only read.</summary>
internal sealed record WorkingCopy
{
    private const string Wanted =
        @"^(filter\..*|core\.(autocrlf|eol|filemode|symlinks|ignorecase)|remote\.origin\.(url|promisor|partialclonefilter)|extensions\.partialclone)$";

    /// <summary>The top folder.</summary>
    public required string Root { get; init; }

    /// <summary>Holds the index.</summary>
    public required string GitFolder { get; init; }

    /// <summary>Whether part of the history is missing, or lies in another repository, so that it cannot be linked file by file.</summary>
    public bool IsIncomplete { get; init; }

    public bool IsSha256 { get; init; }

    /// <summary>The settings that matter for the snapshot, in the order in which they apply.</summary>
    public ImmutableArray<(string Name, string Value)> Settings { get; init; } = [];

    /// <summary>The last value of a setting; null when it is not set.</summary>
    public string? Setting(string name) => Settings.LastOrDefault(s => string.Equals(s.Name, name, StringComparison.Ordinal)).Value;

    /// <summary>The top folder of the working copy around a folder; null when there is none.</summary>
    public static string? FindRoot(string folder)
    {
        for (var place = new DirectoryInfo(folder); place is not null; place = place.Parent)
        {
            if (Path.Exists(Path.Join(place.FullName, ".git")))
                return place.FullName;
        }

        return null;
    }

    /// <summary>Whether a folder is, or lies in, a repository without files.</summary>
    public static bool IsInBare(string folder)
    {
        for (var place = new DirectoryInfo(folder); place is not null; place = place.Parent)
        {
            if (File.Exists(Path.Join(place.FullName, "HEAD")) && Directory.Exists(Path.Join(place.FullName, "objects")) && Directory.Exists(Path.Join(place.FullName, "refs")))
                return true;
        }

        return false;
    }

    /// <summary>Reads what git knows about a working copy.</summary>
    public static async Task<WorkingCopy> OpenAsync(GitProgram git, string root, CancellationToken cancel)
    {
        var facts = await git.AskAsync(root, ["rev-parse", "--is-inside-work-tree", "--show-cdup", "--is-shallow-repository", "--show-object-format", "--git-path", "objects/info/alternates", "--absolute-git-dir"], cancel).ConfigureAwait(false);
        if (facts.Errors.Contains("dubious ownership", StringComparison.Ordinal))
            throw new SourceException($"{root} belongs to another user, so git does not read it.", $"if you trust it: git config --global --add safe.directory {root}");
        if (!facts.IsFine)
            throw new SourceException($"{root} is no repository that git can read: {facts.Complaint}.", "see what 'git status' says there");
        if (facts.Text.Split('\n') is not ["true", "", var shallow, var format, var alternates, .. var folder])
            throw new SourceException($"The files of the repository in {root} lie elsewhere.", "unset core.worktree, or clone it");

        var settings = await git.AskAsync(root, ["config", "-z", "--get-regexp", Wanted], cancel).ConfigureAwait(false);
        return new WorkingCopy
        {
            Root = root,
            GitFolder = string.Join('\n', folder),
            IsIncomplete = shallow == "true" || File.Exists(Path.Combine(root, alternates)),
            IsSha256 = format == "sha256",
            Settings = [.. settings.Parts().Select(Setting)],
        };

        // A filter that cannot be named cannot be switched off.
        (string Name, string Value) Setting((string Text, bool IsExact) part) => !part.IsExact
            ? throw new SourceException($"The git config of {root} has a setting that is no UTF-8: {part.Text.ReplaceLineEndings(" = ")}.", "write it in UTF-8")
            : part.Text.Split('\n', 2) is [var name, var value] ? (name, value) : (part.Text, "true");
    }

    /// <summary>The commit that a name stands for; null when there is none.</summary>
    public async Task<string?> CommitAsync(GitProgram git, string name, CancellationToken cancel)
    {
        var answer = await git.AskAsync(Root, ["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"], cancel).ConfigureAwait(false);
        return answer.IsFine && answer.Text.Length is 40 or 64 ? answer.Text : null;
    }

    /// <summary>
    /// Arguments that switch off the programs through which the repository's config would send changed files. Without them such a file may count as
    /// changed when only its time is; what is copied is the same.
    /// </summary>
    public IEnumerable<string> WithoutFilters()
    {
        var names = Settings.Where(s => s.Name.StartsWith("filter.", StringComparison.Ordinal)).Select(s => s.Name["filter.".Length..Math.Max("filter.".Length, s.Name.LastIndexOf('.'))]);
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            // Git would take what is before the first = for the name, and leave the filter on.
            if (name.Contains('=', StringComparison.Ordinal))
                throw new SourceException($"The git config of {Root} has a filter named {name}, which cannot be switched off.", "rename the filter");
            foreach (var setting in (string[])["clean=", "smudge=", "process=", "required=false"])
                yield return $"filter.{name}.{setting}";
        }
    }
}
