using System.Formats.Tar;
using Ringfence.Runner.Archives;
using Ringfence.Runner.Artifacts;
using Ringfence.Runner.Tests.Archives;

namespace Ringfence.Runner.Tests.Artifacts;

public sealed class ArtifactStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactStore _store;

    public ArtifactStoreTests() => _store = new ArtifactStore(_folder.Path);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    private static void Unchecked(IEnumerable<string> names)
    {
    }

    [Theory]
    [Rule("EX-7.45")]
    [InlineData("/tmp/serial", null, "a/b.txt", "tmp/serial/a/b.txt")]
    [InlineData("build", null, "b.txt", "build/b.txt")]
    [InlineData("/tmp/serial/", "out/", "b.txt", "out/b.txt")]
    [InlineData(".", null, "b.txt", "b.txt")]
    public async Task Names_the_files_of_a_folder(string path, string? destination, string name, string expected)
    {
        var result = await _store.StoreAsync(new ArtifactRequest("build", 0, path, destination, IsFile: false), Tars.Of((name, "content")), Unchecked, Cancel);

        Assert.Equal([new StoredArtifact("build", 0, expected, 7)], result.Stored);
        Assert.Equal("content", await File.ReadAllTextAsync(_folder.At("artifacts/build/0/" + expected), Cancel));
    }

    [Theory]
    [Rule("EX-7.45")]
    [InlineData("/tmp/a.txt", null, "tmp/a.txt")]
    [InlineData("/tmp/a.txt", "renamed.txt", "renamed.txt")]
    [InlineData("/tmp/a.txt", "folder/", "folder/a.txt")]
    public async Task Names_one_file(string path, string? destination, string expected)
    {
        var result = await _store.StoreAsync(new ArtifactRequest("build", 0, path, destination, IsFile: true), Tars.Of(("a.txt", "x")), Unchecked, Cancel);

        Assert.Equal(expected, Assert.Single(result.Stored).Path);
    }

    [Theory]
    [Rule("EX-7.45")]
    [InlineData("build", "/home/circleci/project/build", "build")]
    [InlineData("./build/", "/home/circleci/project/build", "build")]
    [InlineData(".", "/home/circleci/project", "")]
    [InlineData("link/../link/s", "/home/circleci/project/link/../link/s", "link/s")]
    [InlineData("../out", "/home/circleci/out", "home/circleci/out")]
    [InlineData("..", "/home/circleci", "home/circleci")]
    [InlineData("..dots", "/home/circleci/project/..dots", "..dots")]
    [InlineData("~", "/home/circleci", "home/circleci")]
    [InlineData("~/project/x", "/home/circleci/project/x", "home/circleci/project/x")]
    [InlineData("~x", "/home/circleci/project/~x", "~x")]
    [InlineData("/tmp/a/../serial", "/tmp/a/../serial", "tmp/serial")]
    public void Takes_names_from_the_resolved_path(string written, string full, string expected)
    {
        var path = ArtifactPath.Resolved(written, full, "/home/circleci/project");

        Assert.Equal(expected, ArtifactPath.Destination(new ArtifactRequest("build", 0, path, null, IsFile: false)));
    }

    [Fact]
    [Rule("EX-7.47")]
    public async Task The_same_destination_is_overwritten()
    {
        var request = new ArtifactRequest("build", 0, "/x", "out", IsFile: false);
        await _store.StoreAsync(request, Tars.Of(("a", "first"), ("b", "b")), Unchecked, Cancel);
        await _store.StoreAsync(request, Tars.Of(("a", "2")), Unchecked, Cancel);

        Assert.Equal([("out/a", 1L), ("out/b", 1L)], _store.List("build", 0).Select(file => (file.Path, file.Size)));
    }

    [Fact]
    [Rule("EX-7.48")]
    public async Task Each_node_has_its_own_and_any_job_name_is_safe()
    {
        var job = "../deploy to \"prod\"/" + new string('x', 300);
        await _store.StoreAsync(new ArtifactRequest(job, 1, "f", null, IsFile: true), Tars.Of(("f", "x")), Unchecked, Cancel);

        Assert.Empty(_store.List(job, 0));
        Assert.Equal([new StoredArtifact(job, 1, "f", 1)], _store.List(job, 1));
        Assert.StartsWith("artifacts/%2E.%2Fdeploy", Assert.Single(_folder.Files()), StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-7.47")]
    public async Task Leaves_out_links_and_keeps_hard_links()
    {
        var tar = Tars.With(Tars.File("a", "x"), Tars.Link(TarEntryType.HardLink, "b", "a"), Tars.Link(TarEntryType.SymbolicLink, "c", "/etc/passwd"));

        var result = await _store.StoreAsync(new ArtifactRequest("build", 0, "d", null, IsFile: false), tar, Unchecked, Cancel);

        Assert.Equal(["d/a", "d/b"], result.Stored.Select(file => file.Path));
        Assert.Equal(["c"], result.LeftOut);
    }

    [Fact]
    [Rule("EX-7.47")]
    public async Task Leaves_out_a_file_above_its_limit_which_is_3_GB_for_artifacts()
    {
        var choice = new ExtractionChoice { FileBytes = 3 };

        var result = await SafeTar.ExtractAsync(Tars.Of(("large", "1234"), ("small", "123")), _folder.At("out"), ArchiveLimits.Default, choice, Cancel);

        Assert.Equal(["large"], result.LeftOut);
        Assert.Equal(["small"], result.Files.Select(file => file.Path));
        Assert.Equal(3_221_225_472, ArtifactStore.LargestFile);
    }

    [Theory]
    [InlineData("/x", "../up", "a")]
    [InlineData("../x", null, "a")]
    [InlineData("/x", "out", "../../a")]
    public async Task Refuses_to_leave_its_folder(string path, string? destination, string name)
    {
        var request = new ArtifactRequest("build", 0, path, destination, IsFile: false);

        await Assert.ThrowsAsync<ArchiveException>(() => _store.StoreAsync(request, Tars.Of((name, "x")), Unchecked, Cancel));
        Assert.Empty(_folder.Files());
    }

    [Theory]
    [Rule("EX-7.47")]
    [InlineData("a b/c+d.txt", "a+b/c%2Bd.txt")]
    [InlineData("ü~*", "%C3%BC%7E*")]
    public void Encodes_names_for_addresses(string path, string expected) => Assert.Equal(expected, ArtifactPath.UrlEncoded(path));

    [Fact]
    [Rule("EX-7.46")]
    public void Says_what_it_does()
    {
        var request = new ArtifactRequest("build", 0, "/tmp/serial", null, IsFile: false);

        Assert.Equal("Uploading /tmp/serial to tmp/serial", ArtifactMessages.Uploading(request.Path, ArtifactPath.Destination(request)));
        Assert.Equal("No artifact files found at /tmp/serial", ArtifactMessages.NoFiles(request.Path));
    }
}
