using Ringfence.Cli.Local;

namespace Ringfence.Cli.Tests.Local;

/// <summary>What the project of a folder is called when its repository has no remote.</summary>
public sealed class ProjectNameTests
{
    [Fact]
    public void A_folder_without_a_name_of_its_own_is_told_apart_by_its_path()
    {
        using var run = Repository("");
        var first = NameOf(run);
        Directory.Move(run.Folder, run.Folder + "-kept");
        Directory.CreateDirectory(run.Folder);
        Directory.Move(run.Folder + "-kept", Path.Combine(run.Folder, "work"));

        Assert.Matches("^local/work-[0-9a-f]{8}$", first);
        Assert.NotEqual(first, NameOf(run, "work"));
    }

    [Theory]
    [InlineData("shop", "local/shop")]
    [InlineData("work-0123abcd", "local/work-0123abcd")]
    [InlineData("a\n\tproject = b.2_x", "local/b.2_x")]
    public void The_name_of_the_repository_s_settings_stays_when_the_folder_is_moved(string name, string slug)
    {
        using var run = Repository($"[ringfence]\n\tproject = {name}\n");
        Assert.Equal(slug, NameOf(run));
        Directory.Move(run.Folder, run.Folder + "-kept");
        Directory.CreateDirectory(run.Folder);
        Directory.Move(run.Folder + "-kept", Path.Combine(run.Folder, "elsewhere"));

        Assert.Equal(slug, NameOf(run, "elsewhere"));
    }

    [Theory]
    [InlineData("../other")]
    [InlineData("gh/acme/app")]
    [InlineData(".hidden")]
    [InlineData("two words")]
    [InlineData("\"\"")]
    public void What_is_no_name_counts_for_nothing(string name)
    {
        using var run = Repository($"[ringfence]\n\tproject = {name}\n");

        Assert.StartsWith("local/work-", NameOf(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remote_is_stronger_and_a_file_of_the_checkout_has_no_say()
    {
        using var run = Repository("[ringfence]\n\tproject = shop\n[remote \"origin\"]\n\turl = git@github.com:acme/app.git\n");
        Assert.Equal("gh/acme/app", NameOf(run));

        using var other = Repository("");
        other.WithFile("ringfence.toml", "project = \"shop\"\n");
        Assert.StartsWith("local/work-", NameOf(other), StringComparison.Ordinal);
        Assert.Contains("There is no setting 'project'", (await other.Run("run")).Error, StringComparison.Ordinal);
    }

    private static CommandRun Repository(string config) => new CommandRun()
        .WithVariable("RINGFENCE_HOME", "state")
        .WithFile(".circleci/config.yml", "version: 2.1\njobs: {build: {machine: true, steps: [run: echo]}}\nworkflows: {main: {jobs: [build]}}\n")
        .WithFile(".git/HEAD", "ref: refs/heads/main\n").WithFile(".git/config", "[core]\n\trepositoryformatversion = 0\n" + config)
        .WithFile(".git/objects/keep", "").WithFile(".git/refs/heads/keep.txt", "");

    private static string NameOf(CommandRun run, string folder = "") =>
        CurrentProject.Of(run.Surroundings() with { WorkingDirectory = Path.Combine(run.Folder, folder) }).Slug;
}
