using Ringfence.Runner.Checkout;

namespace Ringfence.Runner.Tests.Checkout;

/// <summary>The working tree as it is, as a repository of its own.</summary>
public sealed class WorkingTreeTests
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    [Rule("EX-7.11", "EX-7.12")]
    public async Task Takes_the_history_and_the_branch()
    {
        using var repository = await TestRepository.NewAsync();
        var first = await repository.GitAsync("rev-parse", "HEAD");
        var second = await repository.Write("a.txt", "again\n").CommitAsync("second");

        var snapshot = await repository.SnapshotAsync();

        Assert.Equal(second, snapshot.Revision);
        Assert.Equal($"the working tree at {second[..7]} on main without uncommitted changes", snapshot.Description);
        Assert.Equal(second, await GitAsync(snapshot, "rev-parse", "main"));
        Assert.Equal("refs/heads/main", await GitAsync(snapshot, "symbolic-ref", "HEAD"));
        Assert.Equal($"{second}\n{first}", await GitAsync(snapshot, "rev-list", "HEAD"));
        Assert.Equal("", await GitAsync(snapshot, "status", "--porcelain"));
        Assert.Equal("", await GitAsync(snapshot, "fsck", "--no-dangling"));
        Assert.Equal("0", await GitAsync(snapshot, "config", "gc.auto"));
    }

    [Fact]
    public async Task Brings_every_change_but_what_is_ignored()
    {
        using var repository = await TestRepository.NewAsync();
        await repository.Write(".gitignore", "*.log\n/out/\n").Write("gone.txt", "x").Write("script.sh", "#!/bin/sh\n").CommitAsync("more");
        repository.Write("a.txt", "changed\n").Write("new folder/ü\n.txt", "untracked\n").Write("x.log", "no").Write("out/y", "no").Write("empty", "").Write("staged", "s");
        File.Delete(Path.Combine(repository.Root, "gone.txt"));
        File.SetUnixFileMode(Path.Combine(repository.Root, "script.sh"), Executable);
        File.CreateSymbolicLink(Path.Combine(repository.Root, "link"), "deep/c.txt");
        File.CreateSymbolicLink(Path.Combine(repository.Root, "nowhere"), "/no/such/file");
        await repository.GitAsync("add", "staged");

        var snapshot = await repository.SnapshotAsync();

        var expected = TestRepository.Files(repository.Root).Where(f => f.Key is not ("x.log" or "out/y"));
        Assert.Equal(expected, TestRepository.Files(snapshot.Folder));
        Assert.Equal(Executable, File.GetUnixFileMode(Path.Combine(snapshot.Folder, "script.sh")) & Executable);
        Assert.Equal(await repository.GitAsync("status", "--porcelain=v1", "-uall"), await GitAsync(snapshot, "status", "--porcelain=v1", "-uall"));
        Assert.Equal(8, snapshot.Changes);
        Assert.EndsWith("on main with 8 uncommitted changes", snapshot.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_of_the_whole_repository_and_leaves_it_as_it_is()
    {
        using var repository = await TestRepository.NewAsync();
        repository.Write("b.txt", "changed");
        var before = (TestRepository.Files(repository.Root), File.ReadAllBytes(Path.Combine(repository.Root, ".git", "index")), await repository.GitAsync("for-each-ref"));

        var snapshot = await TestRepository.SnapshotAsync(repository.Request with { Folder = Path.Combine(repository.Root, "deep") });
        await File.AppendAllTextAsync(Path.Combine(snapshot.Folder, "a.txt"), "later", TestContext.Current.CancellationToken);

        Assert.True(File.Exists(Path.Combine(snapshot.Folder, "a.txt")));
        Assert.Equal(before.Item1, TestRepository.Files(repository.Root));
        Assert.Equal(before.Item2, File.ReadAllBytes(Path.Combine(repository.Root, ".git", "index")));
        Assert.Equal(before.Item3, await repository.GitAsync("for-each-ref"));
    }

    [Fact]
    public async Task Does_not_follow_a_link_that_has_taken_the_place_of_a_folder()
    {
        using var repository = await TestRepository.NewAsync();
        var outside = Directory.CreateDirectory(Path.Combine(repository.Top, "outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "c.txt"), "of somebody else");
        Directory.Delete(Path.Combine(repository.Root, "deep"), recursive: true);
        File.CreateSymbolicLink(Path.Combine(repository.Root, "deep"), outside);

        var snapshot = await repository.SnapshotAsync();

        Assert.Equal("-> " + outside, TestRepository.Files(snapshot.Folder)["deep"]);
        Assert.Equal(await repository.GitAsync("status", "--porcelain"), await GitAsync(snapshot, "status", "--porcelain"));
    }

    [Fact]
    [Rule("EX-7.11")]
    public async Task Stays_off_a_branch_on_a_tag()
    {
        using var repository = await TestRepository.NewAsync();
        var revision = await repository.GitAsync("rev-parse", "HEAD");
        await repository.GitAsync("tag", "--annotate", "--message", "one", "v1");
        await repository.GitAsync("checkout", "--quiet", "--detach");

        var snapshot = await TestRepository.SnapshotAsync(repository.Request with { Branch = "", Tag = "v1" });
        var pretended = await TestRepository.SnapshotAsync(repository.Request with { Branch = "", Tag = "v2" });

        Assert.Equal("HEAD", await GitAsync(snapshot, "rev-parse", "--abbrev-ref", "HEAD"));
        Assert.Equal(revision, await GitAsync(snapshot, "rev-parse", "HEAD"));
        Assert.Equal("v1", await GitAsync(snapshot, "describe", "--exact-match"));
        Assert.Equal(revision, await GitAsync(pretended, "rev-parse", "v2"));
        Assert.StartsWith($"the working tree at {revision[..7]} on tag v1 ", snapshot.Description, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-7.11")]
    public async Task Has_the_branches_of_the_origin_and_the_one_of_the_run()
    {
        using var repository = await TestRepository.NewAsync();
        var first = await repository.GitAsync("rev-parse", "HEAD");
        await repository.GitAsync("update-ref", "refs/remotes/origin/main", first);
        await repository.GitAsync("update-ref", "refs/remotes/origin/feature", first);
        await repository.GitAsync("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
        await repository.GitAsync("branch", "private");
        await repository.GitAsync("checkout", "--quiet", "-b", "feature/one");
        var second = await repository.Write("a.txt", "2").CommitAsync("second");

        var snapshot = await TestRepository.SnapshotAsync(repository.Request with { Branch = "feature/one" });

        Assert.Equal(
            [$"{second} refs/heads/feature/one", $"{second} refs/remotes/origin/feature/one", $"{first} refs/remotes/origin/main"],
            (await GitAsync(snapshot, "for-each-ref", "--format=%(objectname) %(refname)")).Split('\n'));
    }

    [Fact]
    public async Task Takes_a_repository_without_a_commit()
    {
        using var repository = await TestRepository.EmptyAsync();
        repository.Write("a", "1").Write("b", "2");
        await repository.GitAsync("add", "a");

        var snapshot = await repository.SnapshotAsync();

        Assert.Equal(("", "the working tree on main, without a commit yet, with 2 uncommitted changes"), (snapshot.Revision, snapshot.Description));
        Assert.Equal("A  a\n?? b", await GitAsync(snapshot, "status", "--porcelain"));
    }

    [Fact]
    public async Task Copies_the_history_to_another_file_system()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "there is no second file system");
        using var repository = await TestRepository.NewAsync();
        var into = Directory.CreateDirectory($"/dev/shm/ringfence-{Guid.NewGuid():N}").FullName;
        try
        {
            var snapshot = await TestRepository.SnapshotAsync(repository.Request with { Into = into });

            Assert.Equal("", await GitAsync(snapshot, "fsck", "--no-dangling") + await GitAsync(snapshot, "status", "--porcelain"));
        }
        finally
        {
            Directory.Delete(into, recursive: true);
        }
    }

    [Fact]
    public async Task Does_not_take_itself_along()
    {
        using var repository = await TestRepository.NewAsync();

        var snapshot = await TestRepository.SnapshotAsync(repository.Request with { Into = Path.Combine(repository.Root, "deep", "snapshot") });

        Assert.Equal(["a.txt", "b.txt", "deep/c.txt"], TestRepository.Files(snapshot.Folder).Keys);
        Assert.Equal(0, snapshot.Changes);
    }

    [Fact]
    public async Task Takes_a_worktree()
    {
        using var repository = await TestRepository.NewAsync();
        var tree = Path.Combine(repository.Top, "tree");
        await repository.GitAsync("worktree", "add", "--quiet", "-b", "other", tree);
        File.WriteAllText(Path.Combine(tree, "a.txt"), "in the tree");

        var snapshot = await TestRepository.SnapshotAsync(repository.Request with { Folder = tree, Branch = "other" });

        Assert.Equal("in the tree", TestRepository.Files(snapshot.Folder)["a.txt"]);
        Assert.True(Directory.Exists(Path.Combine(snapshot.Folder, ".git")));
        Assert.Equal(" M a.txt", await GitAsync(snapshot, "status", "--porcelain"));
    }

    [Fact]
    public async Task Takes_a_shallow_clone_and_one_that_borrows()
    {
        using var repository = await TestRepository.NewAsync();
        var second = await repository.Write("a.txt", "2").CommitAsync("second");
        var shallow = Path.Combine(repository.Top, "shallow");
        var borrower = Path.Combine(repository.Top, "borrower");
        await repository.GitAsync("clone", "--quiet", "--depth=1", "file://" + repository.Root, shallow);
        await repository.GitAsync("clone", "--quiet", "--shared", repository.Root, borrower);

        var cut = await TestRepository.SnapshotAsync(repository.Request with { Folder = shallow });
        var whole = await TestRepository.SnapshotAsync(repository.Request with { Folder = borrower });

        Assert.Equal(second, await GitAsync(cut, "rev-list", "HEAD"));
        Assert.Equal("2", await GitAsync(whole, "rev-list", "--count", "HEAD"));
        Assert.False(File.Exists(Path.Combine(whole.Folder, ".git/objects/info/alternates")));
        Assert.Equal("", await GitAsync(cut, "fsck", "--no-dangling") + await GitAsync(whole, "fsck", "--no-dangling"));
        Assert.Equal("", await GitAsync(cut, "status", "--porcelain") + await GitAsync(whole, "status", "--porcelain"));
    }

    [Fact]
    public async Task Takes_a_clone_without_the_old_contents()
    {
        using var repository = await TestRepository.NewAsync();
        await repository.Write("a.txt", "2").CommitAsync("second");
        await repository.GitAsync("config", "uploadpack.allowFilter", "true");
        var blobless = Path.Combine(repository.Top, "blobless");
        await repository.GitAsync("clone", "--quiet", "--filter=blob:none", "file://" + repository.Root, blobless);
        File.WriteAllText(Path.Combine(blobless, "b.txt"), "changed");

        var snapshot = await TestRepository.SnapshotAsync(repository.Request with { Folder = blobless });

        Assert.Equal(" M b.txt", await GitAsync(snapshot, "status", "--porcelain"));
        Assert.Equal("2", await GitAsync(snapshot, "rev-list", "--count", "HEAD"));
        Assert.Equal("blob:none", await GitAsync(snapshot, "config", "remote.origin.partialclonefilter"));
    }

    [Fact]
    public async Task Fills_in_what_a_sparse_checkout_leaves_out()
    {
        using var repository = await TestRepository.NewAsync();
        await repository.GitAsync("sparse-checkout", "set", "--cone", "--sparse-index", "none");
        Assert.False(File.Exists(Path.Combine(repository.Root, "deep/c.txt")));

        var snapshot = await repository.SnapshotAsync();

        Assert.Equal("c\n", TestRepository.Files(snapshot.Folder)["deep/c.txt"]);
        Assert.Equal("", await GitAsync(snapshot, "status", "--porcelain"));
        Assert.DoesNotContain("S ", await GitAsync(snapshot, "ls-files", "-t"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_the_state_of_submodules_and_of_repositories_within()
    {
        using var repository = await TestRepository.NewAsync();
        using var library = await TestRepository.NewAsync();
        await repository.GitAsync("submodule", "--quiet", "add", library.Root, "lib");
        await repository.GitAsync("submodule", "--quiet", "add", library.Root, "idle");
        await repository.CommitAsync("with submodules");
        await repository.GitAsync("submodule", "--quiet", "deinit", "idle");
        repository.Write("lib/a.txt", "changed").Write("lib/new", "untracked").Write("inner/x", "1");
        await TestRepository.GitInAsync(Path.Combine(repository.Root, "inner"), "init", "--quiet");
        await TestRepository.GitInAsync(Path.Combine(repository.Root, "inner"), "add", "x");
        await TestRepository.GitInAsync(Path.Combine(repository.Root, "inner"), "commit", "--quiet", "-m", "inner");

        var snapshot = await repository.SnapshotAsync();

        Assert.Equal(TestRepository.Files(repository.Root), TestRepository.Files(snapshot.Folder));
        Assert.True(Directory.Exists(Path.Combine(snapshot.Folder, "idle")));
        Assert.Equal(await repository.GitAsync("status", "--porcelain"), await GitAsync(snapshot, "status", "--porcelain"));
        Assert.Equal(2, snapshot.Changes);
        // What jobs do for submodules finds nothing left to do.
        await GitAsync(snapshot, "submodule", "update", "--init", "lib");
        Assert.Equal("changed", TestRepository.Files(snapshot.Folder)["lib/a.txt"]);
    }

    [Fact]
    public async Task Takes_what_a_filter_made_of_a_file_without_starting_it()
    {
        using var repository = await TestRepository.NewAsync();
        var trace = Path.Combine(repository.Top, "trace");
        await repository.GitAsync("config", "filter.big.clean", "echo pointer");
        await repository.GitAsync("config", "filter.big.smudge", "echo content");
        repository.Write(".gitattributes", "*.bin filter=big\n").Write("x.bin", "content\n");
        // Git compares what is as young as its index by content, for which it would need the filter.
        File.SetLastWriteTimeUtc(Path.Combine(repository.Root, "x.bin"), DateTime.UnixEpoch.AddYears(30));
        await repository.CommitAsync("big");
        foreach (var kind in (string[])["clean", "smudge", "process"])
            await repository.GitAsync("config", "filter.big." + kind, $"touch {trace}");
        await repository.GitAsync("config", "filter.big.required", "true");

        var clean = await repository.SnapshotAsync();
        File.SetLastWriteTimeUtc(Path.Combine(repository.Root, "x.bin"), DateTime.UnixEpoch.AddYears(40));
        var touched = await repository.SnapshotAsync();
        var committed = await TestRepository.SnapshotAsync(repository.Request with { Commit = "main" });

        Assert.Equal("content\n", TestRepository.Files(clean.Folder)["x.bin"]);
        Assert.Equal(0, clean.Changes);
        Assert.Equal("content\n", TestRepository.Files(touched.Folder)["x.bin"]);
        Assert.Equal("pointer\n", TestRepository.Files(committed.Folder)["x.bin"]);
        Assert.False(File.Exists(trace));
    }

    [Fact]
    public async Task Sees_in_a_copy_by_tar_what_is_unchanged_without_reading_it()
    {
        using var repository = await TestRepository.NewAsync();
        foreach (var name in TestRepository.Files(repository.Root).Keys)
            File.SetLastWriteTimeUtc(Path.Combine(repository.Root, name), DateTime.UnixEpoch.AddYears(40).AddMilliseconds(1234));
        await repository.GitAsync("update-index", "--refresh");

        var snapshot = await repository.SnapshotAsync();
        using var tar = new MemoryStream();
        await snapshot.WriteTarAsync(tar, TestContext.Current.CancellationToken);
        var job = Directory.CreateDirectory(Path.Combine(repository.Top, "job")).FullName;
        tar.Position = 0;
        await System.Formats.Tar.TarFile.ExtractToDirectoryAsync(tar, job, overwriteFiles: false, TestContext.Current.CancellationToken);

        Assert.Equal("", await TestRepository.GitInAsync(job, "diff-files", "--name-only"));
    }

    private static Task<string> GitAsync(SourceSnapshot snapshot, params string[] arguments) => TestRepository.GitInAsync(snapshot.Folder, arguments);
}
