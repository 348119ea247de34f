namespace Ringfence.Primitives.Tests;

public sealed class SourceSpanTests
{
    [Fact]
    public void Is_shown_as_a_link_that_editors_know()
    {
        var source = new SourceText(".circleci/config.yml", "version: 2.1\njobs: {}\n");

        Assert.Equal(".circleci/config.yml:2:1", new SourceSpan(source, 13, 17).ToString());
    }

    [Fact]
    public void Is_unknown_without_a_text()
    {
        Assert.False(SourceSpan.None.IsKnown);
        Assert.Equal("", SourceSpan.None.ToString());
        Assert.False(default(SourceSpan).IsKnown);
        Assert.Equal("", default(SourceSpan).ToString());
    }

    [Fact]
    public void Is_equal_when_text_and_ends_are()
    {
        var source = new SourceText("a", "text");

        Assert.Equal(new SourceSpan(source, 1, 2), new SourceSpan(source, 1, 2));
        Assert.NotEqual(new SourceSpan(source, 1, 2), new SourceSpan(source, 1, 3));
    }
}
