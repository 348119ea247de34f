using Ringfence.Config.Diagnostics;

namespace Ringfence.Config.Tests.YamlReading;

[Rule("CL-1.4")]
public sealed class DuplicateKeyTests
{
    [Theory]
    [InlineData("a: 1\nb: 2\na: 3", "3:1")]
    [InlineData("x:\n  a: 1\n  a: 1", "3:3")]
    [InlineData("- - a: 1\n    a: 1", "2:5")]
    [InlineData("x: {b: {a: 1, a: 2}}", "1:15")]
    [InlineData("x: &x {a: 1, 'a': 2}\ny: *x", "1:14")]
    public void Is_an_error_at_every_depth(string text, string place)
    {
        var problem = AText.Read(text).Problem;

        Assert.Equal(
            (YamlCodes.DuplicateKey, place, "Unable to parse YAML: found duplicate key a"),
            (problem.Code, problem.Span.Position.ToString(), problem.Message));
    }

    [Fact]
    public void A_quoted_merge_key_is_a_key_like_any_other() =>
        Assert.Equal(YamlCodes.DuplicateKey, AText.Read("'<<': 1\n'<<': 2").Problem.Code);

    [Fact]
    public void Names_the_line_of_the_first() =>
        Assert.Contains("line 2", AText.Read("x:\n  a: 1\n  b: 2\n  a: 3").Problem.Hint, StringComparison.Ordinal);

    [Fact]
    public void All_are_reported()
    {
        var problems = AText.Read("a: 1\na: 2\na: 3\nx: {b: 1, b: 2}").Problems;

        Assert.Equal(["2:1", "3:1", "4:11"], problems.Select(p => p.Span.Position.ToString()));
    }

    [Fact]
    public void Keys_are_compared_as_written() => Assert.Equal("{yes: 1, true: 2, 1: 3, 01: 4}", AText.Read("yes: 1\ntrue: 2\n1: 3\n01: 4").Shown);
}
