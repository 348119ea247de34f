using System.Collections.Immutable;
using System.Text;

namespace Ringfence.Runner.Checkout;

/// <summary>Makes a repository of its own out of a working copy: the history, one branch, and the files.</summary>
internal sealed class RepositorySnapshot(GitProgram git, SourceRequest request, FileCopies copies)
{
    // By now git has read the repository, so the user trusts it. The other half of a clone would ask again, and for the .git folder by name.
    private static readonly string[] Trust = ["-c", "safe.directory=*"];
    private const string Giver = "--upload-pack=git -c 'safe.directory=*' upload-pack";

    /// <summary>What came of it.</summary>
    public sealed record Made(string Revision, int Changes, ImmutableArray<string> LeftOut);

    /// <summary>Makes the snapshot of the request.</summary>
    public Task<Made> MakeAsync(string root, CancellationToken cancel) => MakeAsync(root, request, request.Limits.Submodules, cancel);

    private async Task<Made> MakeAsync(string root, SourceRequest of, int depth, CancellationToken cancel)
    {
        if (depth < 0)
            throw new SourceException($"{root} is a submodule within too many others.", "take out the repositories that lie in each other");
        var copy = await WorkingCopy.OpenAsync(git, root, cancel).ConfigureAwait(false);
        var revision = await copy.CommitAsync(git, of.Commit ?? "HEAD", cancel).ConfigureAwait(false);
        if (of.Commit is not null && revision is null)
            throw new SourceException($"The repository {root} has no commit {of.Commit}.", "fetch it, or name a branch, a tag or a commit that 'git log' shows");

        using var listed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var listing = of.Commit is null ? TreeListing.ReadAsync(git, copy, listed.Token) : null;
        try
        {
            await CloneAsync(copy, of, revision ?? "", cancel).ConfigureAwait(false);
            if (listing is null)
            {
                return new Made(revision!, 0, await CheckOutAsync(of, cancel).ConfigureAwait(false));
            }

            var tree = await listing.ConfigureAwait(false);
            return await OverlayAsync(copy, of, tree, depth, cancel).ConfigureAwait(false) with { Revision = revision ?? "" };
        }
        finally
        {
            await listed.CancelAsync().ConfigureAwait(false);
            if (listing is not null)
                await ((Task)listing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Objects are hard links where the file system allows it (with --local git would insist on it): they never change.</summary>
    private async Task CloneAsync(WorkingCopy copy, SourceRequest of, string revision, CancellationToken cancel)
    {
        foreach (var name in (string[])[of.Branch.Length > 0 ? "refs/heads/" + of.Branch : "", of.Tag.Length > 0 ? "refs/tags/" + of.Tag : ""])
        {
            if (name.Length > 0 && !(await git.AskAsync(copy.Root, ["check-ref-format", name], cancel).ConfigureAwait(false)).IsFine)
                throw new SourceException($"git cannot have a branch or tag with the name {name.Split('/', 3)[2]}.", "name another branch");
        }

        Directory.CreateDirectory(of.Into);
        Check(await git.AskAsync(copy.Root, [.. Trust, "clone", "--quiet", Giver, "--dissociate", "--no-checkout", "--no-tags", "--origin=origin", "--template=", "--", copy.Root, of.Into], cancel).ConfigureAwait(false), copy);
        var refs = await git.AskAsync(copy.Root, SnapshotRefs.Question, cancel).ConfigureAwait(false);
        Check(refs, copy);
        var tagIsRight = of.Tag.Length > 0 && await copy.CommitAsync(git, "refs/tags/" + of.Tag, cancel).ConfigureAwait(false) == revision;
        if (copy.IsIncomplete)
            await FetchRestAsync(copy, of, revision, cancel).ConfigureAwait(false);

        var folder = Path.Join(of.Into, ".git");
        foreach (var name in (string[])["refs", "logs", "hooks"])
        {
            if (Directory.Exists(Path.Join(folder, name)))
                Directory.Delete(Path.Join(folder, name), recursive: true);
        }

        Directory.CreateDirectory(Path.Join(folder, "refs", "heads"));
        Directory.CreateDirectory(Path.Join(folder, "refs", "tags"));
        var packed = new SnapshotRefs(of, revision).Pack(refs.Text, tagIsRight);
        await File.WriteAllTextAsync(Path.Join(folder, "packed-refs"), packed, cancel).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Join(folder, "config"), SnapshotConfig.Write(copy), cancel).ConfigureAwait(false);
        var head = of.Branch.Length > 0 ? $"ref: refs/heads/{of.Branch}\n" : revision.Length > 0 ? revision + "\n" : "ref: refs/heads/main\n";
        await File.WriteAllTextAsync(Path.Join(folder, "HEAD"), head, cancel).ConfigureAwait(false);
    }

    /// <summary>Such a history is fetched instead of linked, and a clone fetches only that of the branches.</summary>
    private async Task FetchRestAsync(WorkingCopy copy, SourceRequest of, string revision, CancellationToken cancel)
    {
        var arguments = new List<string>([.. Trust, "fetch", "--quiet", Giver, "--no-tags", "--no-recurse-submodules", "--update-shallow", "--no-auto-gc", "--no-write-fetch-head", "--"]);
        arguments.AddRange([copy.Root, "+refs/remotes/origin/*:refs/remotes/kept/*", "+refs/tags/*:refs/tags/*"]);
        if (revision.Length > 0)
            arguments.Add(revision);
        Check(await git.AskAsync(of.Into, arguments, cancel).ConfigureAwait(false), copy);
    }

    private static void Check(GitAnswer answer, WorkingCopy copy)
    {
        if (!answer.IsFine)
            throw new SourceException($"The repository {copy.Root} cannot be copied: {answer.Complaint}.", "see what 'git fsck' says there");
    }

    /// <summary>Without filters, since nothing in the config of the snapshot names one: files in Git LFS stay the pointers that are committed.</summary>
    /// <returns>What nobody can read out of the snapshot, since its name is no UTF-8.</returns>
    private async Task<ImmutableArray<string>> CheckOutAsync(SourceRequest of, CancellationToken cancel)
    {
        var done = await git.ChangeAsync(of.Into, ["-c", "checkout.workers=0", "reset", "--quiet", "--hard", "HEAD", "--"], default, cancel).ConfigureAwait(false);
        if (!done.IsFine)
            throw new SourceException($"The commit {of.Commit} cannot be checked out: {done.Complaint}.", "check it out yourself once, so that git gets what is missing");
        var listed = await git.ChangeAsync(of.Into, ["ls-files", "-z"], default, cancel).ConfigureAwait(false);
        return [.. listed.Parts().Where(part => !part.IsExact).Select(part => part.Text)];
    }

    /// <summary>Puts the files of the user over the history, with the index of the user, so that git sees the same changes.</summary>
    private async Task<Made> OverlayAsync(WorkingCopy copy, SourceRequest of, TreeListing tree, int depth, CancellationToken cancel)
    {
        var git = Path.Join(of.Into, ".git");
        foreach (var index in (string[])[Path.Join(copy.GitFolder, "index"), .. Directory.EnumerateFiles(copy.GitFolder, "sharedindex.*")])
        {
            if (File.Exists(index))
                File.Copy(index, Path.Join(git, Path.GetFileName(index)), overwrite: true);
        }

        var leftOut = ImmutableArray.CreateBuilder<string>();
        leftOut.AddRange(tree.LeftOut);
        var own = Path.GetRelativePath(copy.Root, request.Into);
        bool IsOutside(string name) => name != own && !name.StartsWith(own + "/", StringComparison.Ordinal);
        leftOut.AddRange(await copies.CopyAsync(copy.Root, of.Into, [.. tree.Tracked, .. tree.Untracked.Where(IsOutside)], cancel).ConfigureAwait(false));
        await FillSparseAsync(of, tree.Sparse, cancel).ConfigureAwait(false);

        var changed = tree.Changed.Where(IsOutside).ToHashSet(StringComparer.Ordinal);
        var folders = new RealFolders(copy.Root);
        foreach (var name in tree.Repositories.Where(name => IsOutside(name) && folders.IsReal(name + "/")))
        {
            var (from, into) = (Path.Join(copy.Root, name), Path.Join(of.Into, name));
            Directory.CreateDirectory(into);
            if (!Path.Exists(Path.Join(from, ".git")))
                continue;
            var inner = await MakeAsync(from, of with { Into = into, Branch = "", Tag = "" }, depth - 1, cancel).ConfigureAwait(false);
            if (inner.Changes > 0)
                changed.Add(name);
            leftOut.AddRange(inner.LeftOut.Select(inside => $"{name}/{inside}"));
        }

        return new Made("", changed.Count, leftOut.ToImmutable());
    }

    /// <summary>A sparse checkout is a matter of this machine: in a job all files are there.</summary>
    private async Task FillSparseAsync(SourceRequest of, ImmutableArray<string> sparse, CancellationToken cancel)
    {
        var missing = sparse.Where(name => !Path.Exists(Path.Join(of.Into, name))).ToList();
        if (missing.Count == 0)
            return;
        var names = Encoding.UTF8.GetBytes(string.Join('\0', missing) + "\0");
        foreach (var arguments in (string[][])[["update-index", "--no-skip-worktree", "-z", "--stdin"], ["checkout-index", "--quiet", "--index", "-z", "--stdin"]])
        {
            var done = await git.ChangeAsync(of.Into, arguments, names, cancel).ConfigureAwait(false);
            if (!done.IsFine)
                throw new SourceException($"The files that the sparse checkout leaves out cannot be written: {done.Complaint}.", "run 'git sparse-checkout disable'");
        }
    }
}
