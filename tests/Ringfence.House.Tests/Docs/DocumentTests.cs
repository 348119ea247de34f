namespace Ringfence.House.Tests.Docs;

public sealed class DocumentTests
{
    [Fact]
    public void Every_path_they_name_exists() => Repository.AssertNone(
        from document in Documents.All()
        from path in Documents.PathsIn(Repository.Read(document))
        where !Documents.IsThere(path, document)
        select $"{document} names {path}, which does not exist");

    [Theory]
    [InlineData("see `src/Gone/Thing.cs`", "src/Gone/Thing.cs")]
    [InlineData("see `docs/gone`", "docs/gone")]
    [InlineData("see `GONE.md`", "GONE.md")]
    [InlineData("run `./gone golden`", "./gone")]
    [InlineData("see [this](docs/gone.md#part)", "docs/gone.md")]
    public void A_path_is_found(string text, string path)
    {
        Assert.Equal([path], Documents.PathsIn(text));
        Assert.False(Documents.IsThere(path, "README.md"));
    }

    [Theory]
    [InlineData("your `.circleci/config.yml` and `config.yml`")]
    [InlineData("the orb `circleci/node@5.1`, the branch `feature/x`")]
    [InlineData("[elsewhere](https://example.com/docs/gone.md) and [below](#part)")]
    [InlineData("```\ncat `docs/gone.md`\n```")]
    [InlineData("built into `artifacts/ringfence`")]
    public void Other_names_are_left_alone(string text) => Assert.Empty(Documents.PathsIn(text));

    [Fact]
    public void Commands_can_be_run() => Assert.All(["ringfence", "test", "dev", ".ci/run"], path =>
    {
        Assert.True(Repository.Holds(path), path);
        Assert.True(File.GetUnixFileMode(RepositoryRoot.At(path)).HasFlag(UnixFileMode.UserExecute), path);
    });
}
