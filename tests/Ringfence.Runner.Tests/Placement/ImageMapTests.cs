using Ringfence.Runner.Placement;

namespace Ringfence.Runner.Tests.Placement;

public sealed class ImageMapTests
{
    [Theory]
    [InlineData("cimg/go:1.25", "mirror.example/cimg/go:1.25")]
    [InlineData("node:20", "my-node")]
    [InlineData("node:20-slim", "other/node")]
    [InlineData("node@sha256:00", "other/node")]
    [InlineData("nodejs:20", "nodejs:20")]
    [InlineData("cimg/base:2024.01", "base")]
    public void The_longest_rule_that_fits_wins(string written, string taken)
    {
        var map = new ImageMap([("cimg/*", "mirror.example/cimg/*"), ("node:20", "my-node"), ("node", "other/node"), ("cimg/base", "base")]);

        Assert.Equal(taken, map.Apply(written));
    }

    [Theory]
    [InlineData("", "a")]
    [InlineData("a", "")]
    [InlineData("a*b", "c")]
    [InlineData("a", "b*")]
    [InlineData("a*", "*b")]
    public void A_rule_that_means_nothing_is_refused(string written, string taken) => Assert.NotNull(ImageMap.WhyNot(written, taken));

    [Theory]
    [InlineData("a", "b")]
    [InlineData("a*", "b*")]
    [InlineData("a*", "b")]
    public void Others_are_taken(string written, string taken) => Assert.Null(ImageMap.WhyNot(written, taken));
}
