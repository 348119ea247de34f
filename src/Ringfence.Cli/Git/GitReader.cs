using Ringfence.Config.Values;

namespace Ringfence.Cli.Git;

/// <summary>Finds out which branch, tag and commit a working copy is at: from git's files where they say it plainly, else by asking git.</summary>
internal sealed class GitReader
{
    private const string BranchPrefix = "refs/heads/";
    private const string RemotePrefix = "refs/remotes/origin/";

    private readonly GitFolder _folder;
    private readonly GitRefs _refs;
    private readonly GitProgram? _git;

    private GitReader(GitFolder folder, GitProgram? git) => (_folder, _refs, _git) = (folder, new GitRefs(folder), git);

    /// <summary>The state of the working copy around a folder; <see cref="GitState.None"/> when there is none.</summary>
    public static GitState Read(string folder, Surroundings surroundings) =>
        GitFolder.Find(folder) is { } place ? new GitReader(place, GitProgram.Find(surroundings)).Read() : GitState.None;

    private GitState Read()
    {
        var (branch, revision) = _refs.ArePlainFiles ? ReadHead() : AskHead();
        var remote = GitRemote.Read(Path.Combine(_folder.Shared, "config"));
        var facts = new GitFacts
        {
            Branch = branch ?? "",
            Tag = (revision is null ? null : FindTag(revision)) ?? "",
            Revision = revision ?? "",
            RepositoryUrl = remote?.Url ?? "",
            RepositoryOwner = remote?.Owner ?? "",
            RepositoryName = remote?.Name ?? "",
        };
        return new GitState(revision is null ? facts : WithCommit(facts, revision), DefaultBranch());
    }

    private string? DefaultBranch() =>
        _refs.Target(RemotePrefix + "HEAD") is { } target && target.StartsWith(RemotePrefix, StringComparison.Ordinal) ? target[RemotePrefix.Length..] : null;

    private (string? Branch, string? Revision) ReadHead()
    {
        if (_refs.Head is not { } head)
            return (null, null);
        if (!head.StartsWith("ref: ", StringComparison.Ordinal))
            return (null, GitRefs.IsCommit(head) ? head : null);

        var name = head[5..].Trim();
        return (name.StartsWith(BranchPrefix, StringComparison.Ordinal) ? name[BranchPrefix.Length..] : null, _refs.Commit(name));
    }

    private (string? Branch, string? Revision) AskHead()
    {
        var lines = _git?.Run(_folder.Root, "rev-parse", "HEAD", "--abbrev-ref", "HEAD")?.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines is [var revision, var branch] && GitRefs.IsCommit(revision) ? (branch is "HEAD" ? null : branch, revision) : (null, null);
    }

    private string? FindTag(string revision)
    {
        if (_refs.ArePlainFiles && _refs.TagOf(revision) is (var tag, true))
            return tag;
        return _git?.Run(_folder.Root, "tag", "--points-at", revision)?
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    // cat-file, because log and show start whatever program the repository's config names for signatures.
    private GitFacts WithCommit(GitFacts facts, string revision) =>
        _git?.Run(_folder.Root, "cat-file", "commit", revision) is { } text ? GitCommitText.AddTo(facts, text) : facts;
}
