using System.Diagnostics;
using Ringfence.Cli.Git;

namespace Ringfence.Cli.Tests.Git;

public sealed class GitReaderTests : IDisposable
{
    private readonly CommandRun _run = new();

    [Fact]
    public void Knows_nothing_outside_a_working_copy() => Assert.Equal(GitState.None, Read());

    [Fact]
    public void Reads_branch_commit_and_repository()
    {
        Init();
        Git("remote", "add", "origin", "git@github.com:acme/web.git");

        var facts = Read().Facts;

        Assert.Equal(("topic/a", "", Git("rev-parse", "HEAD")), (facts.Branch, facts.Tag, facts.Revision));
        Assert.Equal(("https://github.com/acme/web", "acme", "web"), (facts.RepositoryUrl, facts.RepositoryOwner, facts.RepositoryName));
        Assert.Equal(("A subject of two lines", "A body.\n\nMore."), (facts.CommitSubject, facts.CommitBody));
        Assert.Equal(("An Author", "author@example.com"), (facts.AuthorName, facts.AuthorEmail));
    }

    [Fact]
    public void Looks_upwards()
    {
        Init();
        var below = Directory.CreateDirectory(Path.Combine(_run.Folder, "a", "b")).FullName;

        Assert.Equal("topic/a", GitReader.Read(below, _run.Surroundings()).Facts.Branch);
    }

    [Rule("CL-16.27")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Finds_tags_in_files_and_in_packs(bool packed)
    {
        Init();
        Git("tag", "v2");
        Git("tag", "-a", "v1", "-m", "annotated");
        if (packed)
            Git("pack-refs", "--all");

        Assert.Equal("v1", packed ? Read().Facts.Tag : Git("tag", "--points-at", "HEAD").Split('\n')[0]);
        Git("checkout", "-q", "v2");
        Assert.Equal(("", Git("rev-parse", "HEAD")), (Read().Facts.Branch, Read().Facts.Revision));
        Git("-c", "user.name=x", "-c", "user.email=x", "commit", "-q", "--allow-empty", "-m", "next");
        Assert.Equal("", Read().Facts.Tag);
    }

    [Rule("CL-16.27")]
    [Fact]
    public void Asks_git_for_an_annotated_tag()
    {
        Init();
        Git("tag", "-a", "v1", "-m", "annotated");

        Assert.Equal("v1", Read().Facts.Tag);
    }

    [Fact]
    public void Reads_packed_branches_and_worktrees()
    {
        Init();
        Git("pack-refs", "--all");
        Git("worktree", "add", "-q", "-b", "other", "../tree");

        Assert.Equal(("topic/a", Git("rev-parse", "HEAD")), (Read().Facts.Branch, Read().Facts.Revision));
        Assert.Equal("other", GitReader.Read(Path.Combine(_run.Folder, "..", "tree"), _run.Surroundings()).Facts.Branch);
    }

    [Fact]
    public void Manages_without_the_program()
    {
        Init();
        _run.WithVariable("PATH", "relative:/nowhere");

        Assert.Equal(("topic/a", ""), (Read().Facts.Branch, Read().Facts.CommitSubject));
    }

    [Fact]
    public async Task Names_branch_and_repository_of_a_missing_config()
    {
        Init();
        Git("remote", "add", "origin", "https://user:token@github.com/acme/web.git");

        var result = await _run.Run("config", "validate");

        result.AssertRefused("config file .circleci/config.yml could not be located on branch topic/a in repository acme/web\n");
        Assert.DoesNotContain("token", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://github.com/acme/web.git", "https://github.com/acme/web", "acme", "web")]
    [InlineData("https://user:token@github.com/acme/web", "https://github.com/acme/web", "acme", "web")]
    [InlineData("ssh://git@example.com:2222/acme/web.git", "https://example.com/acme/web", "acme", "web")]
    [InlineData("git@gitlab.com:group/sub/web.git", "https://gitlab.com/group/sub/web", "group/sub", "web")]
    [InlineData("https://example.com:8443/acme/web/", "https://example.com:8443/acme/web", "acme", "web")]
    [InlineData("git@desk:acme/web.git", "https://desk/acme/web", "acme", "web")]
    [InlineData("git@github.com#.example:acme/web.git", null, "", "")]
    [InlineData("git@github.com?.example:acme/web.git", null, "", "")]
    [InlineData("/srv/git/web.git", null, "", "")]
    [InlineData("../web", null, "", "")]
    [InlineData("file:///srv/git/web.git", null, "", "")]
    [InlineData("file://host/srv/git/web.git", null, "", "")]
    public void Reads_the_forms_of_a_remote(string text, string? url, string owner, string name)
    {
        var remote = GitRemote.Parse(text);

        Assert.Equal(url is null ? null : new GitRemote(url, owner, name), remote);
    }

    [Theory]
    [InlineData("[remote \"origin\"]\n\turl = \"https://github.com/acme/web.git\"\n")]
    [InlineData("[remote \"origin\"] url = https://github.com/acme/web.git")]
    [InlineData("[Remote \"origin\"] ; ours\r\n\tURL=https://github.com/acme/web ; where it is\r\n")]
    [InlineData("# url = a\n[remote.origin]\n\turl = https://github.com/\"acme\"/web.git   # where it is\n")]
    [InlineData("[remote \"origin\"]\n\turl = https://github.com/\\\nacme/web.git\n\turl = https://github.com/acme/mirror\n")]
    [InlineData("[core]\n\tbare\n\teditor = \"a \\\"b\\\" [remote]\"\n[remote \"other\"]\n\turl = https://github.com/other/web\n[remote \"ori\\gin\"]\n\turl = https://github.com/acme/web\n")]
    public void Reads_a_config_as_git_does(string text)
    {
        Init();
        File.WriteAllText(Path.Combine(_run.Folder, ".git", "config"), text);

        Assert.Contains("https://github.com/acme/web", Git("config", "--get-all", "remote.origin.url"), StringComparison.Ordinal);
        Assert.Equal(("https://github.com/acme/web", "gh/acme/web"), (Read().Facts.RepositoryUrl, Read().Facts.ProjectSlug));
    }

    [Theory]
    [InlineData("[remote \"origin\"]\n\turl = \"https://github.com/acme/web\n")]
    [InlineData("[remote \"origin\"]\n\turl = https://github.com/acme\\web\n")]
    [InlineData("[remote \"Origin\"]\n\turl = https://github.com/acme/web\n")]
    [InlineData("[remote \"origin]\n\turl = https://github.com/acme/web\n")]
    [InlineData("[remote \"origin\"]\n; url = https://github.com/acme/web\n")]
    public void Takes_no_repository_from_a_config_that_names_none_or_that_git_refuses(string text)
    {
        Init();
        File.WriteAllText(Path.Combine(_run.Folder, ".git", "config"), text);

        Assert.Equal("", Read().Facts.RepositoryUrl);
    }

    public void Dispose() => _run.Dispose();

    private GitState Read() => GitReader.Read(_run.Folder, _run.Surroundings());

    private void Init()
    {
        Git("init", "-q", "-b", "topic/a");
        Git("-c", "user.name=An Author", "-c", "user.email=author@example.com", "commit", "-q", "--allow-empty", "-m", "A subject\nof two lines\n\nA body.\n\nMore.");
    }

    private string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = _run.Folder, RedirectStandardOutput = true };
        foreach (var argument in (string[])["-c", "user.name=x", "-c", "user.email=x@example.com", .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output.Trim();
    }
}
