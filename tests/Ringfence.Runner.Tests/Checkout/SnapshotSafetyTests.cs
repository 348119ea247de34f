using Ringfence.Runner.Checkout;
using Ringfence.Runner.Tests.Archives;

namespace Ringfence.Runner.Tests.Checkout;

/// <summary>What a snapshot must not take along, start or wait for; and clean checkouts.</summary>
public sealed class SnapshotSafetyTests
{
    [Theory]
    [InlineData("https://token@example.com/a/b.git", "https://example.com/a/b.git")]
    [InlineData("https://user:pass@example.com:8443/a/b?private_token=x", "https://example.com:8443/a/b")]
    [InlineData("https://us@er:pass@example.com/@scope/b", "https://example.com/@scope/b")]
    [InlineData("https://user:pa/ss@example.com/a", null)]
    [InlineData("ssh://git:pass@example.com:22/a/b.git", "ssh://git@example.com:22/a/b.git")]
    [InlineData("git@example.com:a/b.git", "git@example.com:a/b.git")]
    [InlineData("helper::https://user:pass@[::1]:80/a", "helper::https://[::1]:80/a")]
    [InlineData("../other", "../other")]
    [InlineData("https://example.com/a\nb", null)]
    [InlineData("", null)]
    public void Takes_credentials_out_of_a_URL(string url, string? expected) => Assert.Equal(expected, OriginUrl.WithoutCredentials(url));

    [Fact]
    public async Task Takes_neither_config_nor_hooks_nor_credentials_along()
    {
        using var repository = await TestRepository.NewAsync();
        await repository.GitAsync("remote", "add", "origin", "https://me:hunter2@example.com/a/b.git");
        await repository.GitAsync("config", "http.extraHeader", "Authorization: hunter2");
        await repository.GitAsync("config", "credential.helper", "store");
        repository.Write(".git/hooks/post-checkout", "#!/bin/sh\n# hunter2\n").Write(".git/FETCH_HEAD", "hunter2");

        var snapshot = await repository.SnapshotAsync();

        Assert.Equal("https://example.com/a/b.git", await TestRepository.GitInAsync(snapshot.Folder, "remote", "get-url", "origin"));
        var files = Directory.EnumerateFiles(Path.Combine(snapshot.Folder, ".git"), "*", SearchOption.AllDirectories).Where(f => !f.Contains("/objects/", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(files, f => File.ReadAllText(f).Contains("hunter2", StringComparison.Ordinal) || File.ReadAllText(f).Contains(repository.Root, StringComparison.Ordinal));
        Assert.DoesNotContain("credential", File.ReadAllText(Path.Combine(snapshot.Folder, ".git/config")), StringComparison.Ordinal);
    }

    /// <summary>A terminal sends Ctrl-C and its own end to git as well. Git ends with these codes then; a signal itself may be ignored where the tests run.</summary>
    [Theory]
    [InlineData(130)]
    [InlineData(129)]
    public async Task Is_canceled_when_git_is_interrupted(int exitCode)
    {
        using var repository = await TestRepository.NewAsync();
        var program = Path.Combine(repository.Top, "git");
        Executables.Write(program, $"#!/bin/sh\nexit {exitCode}\n");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TestRepository.SnapshotAsync(repository.Request with { Git = program }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("main")]
    public async Task Starts_nothing_that_the_repository_names(string? commit)
    {
        using var repository = await TestRepository.NewAsync();
        var trace = Path.Combine(repository.Top, "trace");
        var program = Path.Combine(repository.Top, "program");
        File.WriteAllText(program, $"#!/bin/sh\ntouch {trace}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (var hook in (string[])["post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman"])
            File.Copy(program, Path.Combine(repository.Root, ".git/hooks", hook), overwrite: true);
        foreach (var key in (string[])["core.fsmonitor", "uploadpack.packObjectsHook", "core.sshCommand", "core.pager", "core.alternateRefsCommand", "diff.external"])
            await repository.GitAsync("config", key, program);
        File.Delete(trace);
        repository.Write("a.txt", "changed");

        await TestRepository.SnapshotAsync(repository.Request with { Commit = commit });

        Assert.False(File.Exists(trace));
    }

    [Fact]
    [Rule("EX-7.11")]
    public async Task Checks_out_a_commit_clean()
    {
        using var repository = await TestRepository.NewAsync();
        var first = await repository.GitAsync("rev-parse", "HEAD");
        await repository.Write("a.txt", "2").CommitAsync("second");
        repository.Write("b.txt", "dirty").Write("new", "untracked");

        var snapshot = await TestRepository.SnapshotAsync(repository.Request with { Commit = "HEAD~1" });

        Assert.Equal((first, 0, $"commit {first[..7]}"), (snapshot.Revision, snapshot.Changes, snapshot.Description));
        Assert.Equal(["a\n", "b\n", "c\n"], TestRepository.Files(snapshot.Folder).Values);
        Assert.Equal(first, await TestRepository.GitInAsync(snapshot.Folder, "rev-parse", "main"));
        Assert.Equal("", await TestRepository.GitInAsync(snapshot.Folder, "status", "--porcelain"));
    }

    [Theory]
    [InlineData("no-such-branch")]
    [InlineData("--all")]
    [InlineData("HEAD:a.txt")]
    [InlineData("")]
    public async Task Says_that_there_is_no_such_commit(string commit)
    {
        using var repository = await TestRepository.NewAsync();

        var e = await Assert.ThrowsAsync<SourceException>(() => TestRepository.SnapshotAsync(repository.Request with { Commit = commit }));

        Assert.Equal($"The repository {repository.Root} has no commit {commit}.", e.Message);
        Assert.NotEmpty(e.Hint);
    }

    [Fact]
    public async Task Copies_a_folder_that_is_not_in_git()
    {
        using var folder = new TemporaryFolder();
        folder.WithFile("code/a", "1");
        folder.WithFile("code/.hidden/b", "");
        Directory.CreateDirectory(folder.At("code/empty"));
        File.CreateSymbolicLink(folder.At("code/loop"), ".");
        await SystemProgram.RunAsync("mkfifo", folder.At("code/pipe"));
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(folder.At("code/socket")));

        var snapshot = await TestRepository.SnapshotAsync(new SourceRequest { Folder = folder.At("code"), Into = folder.At("code/.snapshot"), Git = TestRepository.Program });

        Assert.Equal("the folder as it is (no git repository)", snapshot.Description);
        Assert.Equal([".hidden/b", "a", "loop"], TestRepository.Files(snapshot.Folder).Keys);
        Assert.True(Directory.Exists(Path.Combine(snapshot.Folder, "empty")));
        Assert.Equal("", snapshot.Revision);
    }

    [Fact]
    public async Task Copies_the_files_of_a_repository_when_git_is_not_installed()
    {
        using var repository = await TestRepository.NewAsync();

        var snapshot = await TestRepository.SnapshotAsync(repository.Request with { Folder = Path.Combine(repository.Root, "deep"), Git = null });
        var e = await Assert.ThrowsAsync<SourceException>(() => TestRepository.SnapshotAsync(repository.Request with { Git = null, Commit = "main" }));

        Assert.Equal("the folder as it is (git is not installed)", snapshot.Description);
        Assert.Equal(TestRepository.Files(repository.Root), TestRepository.Files(snapshot.Folder));
        Assert.False(Path.Exists(Path.Combine(snapshot.Folder, ".git")));
        Assert.Equal("The commit main cannot be read, because git is not installed.", e.Message);
    }

    [Fact]
    public async Task Says_what_is_wrong_with_the_folder()
    {
        using var repository = await TestRepository.NewAsync();
        var bare = Path.Combine(repository.Top, "bare.git");
        await repository.GitAsync("clone", "--quiet", "--bare", repository.Root, bare);
        repository.Write("../broken/.git", "gitdir: /no/such/folder\n").Write("../full/x", "");

        Assert.EndsWith("is a bare git repository, which has no files to run.", await FailAsync(repository.Request with { Folder = bare }), StringComparison.Ordinal);
        Assert.Contains("is no repository that git can read: not a git repository", await FailAsync(repository.Request with { Folder = Path.Combine(repository.Top, "broken") }), StringComparison.Ordinal);
        Assert.StartsWith("There is no folder ", await FailAsync(repository.Request with { Folder = Path.Combine(repository.Top, "none") }), StringComparison.Ordinal);
        Assert.Contains("full is not empty", await FailAsync(repository.Request with { Into = Path.Combine(repository.Top, "full") }), StringComparison.Ordinal);
        Assert.Equal("git cannot have a branch or tag with the name a..b.", await FailAsync(repository.Request with { Branch = "a..b" }));
        await repository.GitAsync("config", "core.worktree", "/");
        Assert.EndsWith("lie elsewhere.", await FailAsync(repository.Request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_how_to_trust_the_repository_of_another_user()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can give files away");
        using var repository = await TestRepository.NewAsync();
        await SystemProgram.RunAsync("chown", "-R", "65534", repository.Root);

        var e = await Assert.ThrowsAsync<SourceException>(() => repository.SnapshotAsync());
        var request = repository.Request;
        File.WriteAllText(Path.Combine(repository.Top, "home", ".gitconfig"), $"[safe]\n\tdirectory = {repository.Root}\n");
        var snapshot = await TestRepository.SnapshotAsync(request);

        Assert.Equal($"{repository.Root} belongs to another user, so git does not read it.", e.Message);
        Assert.Equal($"if you trust it: git config --global --add safe.directory {repository.Root}", e.Hint);
        Assert.Equal("", await TestRepository.GitInAsync(snapshot.Folder, "status", "--porcelain"));
    }

    [Fact]
    public async Task Has_limits()
    {
        using var repository = await TestRepository.NewAsync();

        Assert.Equal("The code of this run has more than 2 files.", await FailAsync(repository.Request with { Limits = new SourceLimits { Files = 2 } }));
        repository.Write("large", new string('x', 2_000_000));
        Assert.Equal("The code of this run has more than 1 MB.", await FailAsync(repository.Request with { Limits = new SourceLimits { Bytes = 1024 * 1024 } }));
    }

    [Fact]
    public async Task Leaves_out_what_has_gone_meanwhile()
    {
        using var repository = await TestRepository.NewAsync();
        var into = Directory.CreateDirectory(Path.Combine(repository.Top, "into")).FullName;

        await new FileCopies(SourceLimits.Default).CopyAsync(repository.Root, into, ["a.txt", "gone", "gone/too", "a.txt/x"], TestContext.Current.CancellationToken);

        Assert.Equal(["a.txt"], TestRepository.Files(into).Keys);
    }

    [Fact]
    public async Task Cancel_kills_git()
    {
        using var repository = await TestRepository.NewAsync();
        var pipe = Path.Combine(repository.Top, "pipe");
        var program = Path.Combine(repository.Top, "slow-git");
        await SystemProgram.RunAsync("mkfifo", pipe);
        Executables.Write(program, $"#!/bin/sh\necho $$ > {pipe}\nexec tail -f /dev/null\n");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var making = SourceSnapshots.MakeAsync(repository.Request with { Git = program }, stop.Token);
        var pid = (await File.ReadAllTextAsync(pipe, TestContext.Current.CancellationToken)).Trim();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => making);
        Assert.False(Directory.Exists("/proc/" + pid));
    }

    private static async Task<string> FailAsync(SourceRequest request) => (await Assert.ThrowsAsync<SourceException>(() => TestRepository.SnapshotAsync(request))).Message;
}
