using Ringfence.Workflows.Pipelines;

namespace Ringfence.Workflows.Tests;

[Rule("EX-4.1")]
public sealed class SkipMarkerTests
{
    [Theory]
    [InlineData("Fix [skip ci]", "", true)]
    [InlineData("[ci skip] Fix", "", true)]
    [InlineData("Fix", "text\n\n[ci skip]", true)]
    [InlineData("Fix", "", false)]
    [InlineData("Fix skip ci", "", false)]
    [InlineData("Fix [SKIP CI]", "", false)]
    public void Is_found_in_the_title_and_in_the_body(string subject, string body, bool expected) => Assert.Equal(expected, SkipMarker.IsIn(subject, body));

    [Fact]
    public void Counts_only_if_it_ends_within_250_characters()
    {
        Assert.True(SkipMarker.IsIn("", new string('x', 241) + "[skip ci]"));
        Assert.False(SkipMarker.IsIn(new string('x', 242) + "[skip ci]", ""));
    }
}
