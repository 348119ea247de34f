namespace Ringfence.Cli.Git;

/// <summary>Reads the names of commits from git's own files, which is quicker than starting git.</summary>
internal sealed class GitRefs(GitFolder folder)
{
    private const int MostHead = 4096;
    private const int MostPacked = 64 * 1024 * 1024;
    private const string TagPrefix = "refs/tags/";

    private string[]? _packed;

    /// <summary>What HEAD holds: <c>ref: refs/heads/main</c> or a commit.</summary>
    public string? Head => SmallFile.Read(Path.Combine(folder.Own, "HEAD"), MostHead)?.Trim();

    /// <summary>Whether the refs are in plain files at all; a repository with reftables has none.</summary>
    public bool ArePlainFiles => !Directory.Exists(Path.Combine(folder.Shared, "reftable"));

    /// <summary>The ref that a symbolic ref names, such as <c>refs/remotes/origin/main</c> for <c>refs/remotes/origin/HEAD</c>.</summary>
    public string? Target(string name) => Loose(name) is { } text && text.StartsWith("ref: ", StringComparison.Ordinal) ? text[5..] : null;

    /// <summary>The commit of a ref; null when it is not there.</summary>
    public string? Commit(string name)
    {
        var text = Loose(name) ?? Packed().FirstOrDefault(l => l.EndsWith(" " + name, StringComparison.Ordinal))?.Split(' ')[0];
        return IsCommit(text) ? text : null;
    }

    /// <summary>A tag of a commit, if the files alone can tell.</summary>
    /// <returns>The tag, and whether the answer is certain: an annotated tag that is not packed hides its commit in an object.</returns>
    public (string? Tag, bool IsCertain) TagOf(string commit)
    {
        var loose = LooseTags();
        var found = loose.Where(t => string.Equals(t.Commit, commit, StringComparison.Ordinal)).Select(t => t.Name).Concat(PackedTagsOf(commit));
        var tag = found.Order(StringComparer.Ordinal).FirstOrDefault();
        return (tag, tag is not null || loose.Count == 0);
    }

    /// <summary>Whether a text is the full name of a commit.</summary>
    public static bool IsCommit(string? text) => text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigitLower);

    private string? Loose(string name) => SmallFile.Read(Path.Combine(folder.Shared, name), MostHead)?.Trim();

    private string[] Packed() => _packed ??= SmallFile.Read(Path.Combine(folder.Shared, "packed-refs"), MostPacked)?.Split('\n') ?? [];

    private List<(string Name, string? Commit)> LooseTags()
    {
        var tags = Path.Combine(folder.Shared, "refs", "tags");
        if (!Directory.Exists(tags))
            return [];

        return [.. Directory.EnumerateFiles(tags, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(tags, f).Replace('\\', '/'))
            .Select(name => (name, Loose(TagPrefix + name)))];
    }

    // A line that begins with ^ gives the commit behind the annotated tag of the line before.
    private IEnumerable<string> PackedTagsOf(string commit)
    {
        string? last = null;
        foreach (var line in Packed())
        {
            if (line.StartsWith('^'))
            {
                if (last is not null && line.AsSpan(1).Trim().SequenceEqual(commit))
                    yield return last;
                continue;
            }

            var at = line.IndexOf(' ' + TagPrefix, StringComparison.Ordinal);
            last = at > 0 ? line[(at + 1 + TagPrefix.Length)..].Trim() : null;
            if (last is not null && line.AsSpan(0, at).SequenceEqual(commit))
                yield return last;
        }
    }
}
