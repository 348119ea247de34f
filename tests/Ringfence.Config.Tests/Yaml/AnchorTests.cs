using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Tests.YamlReading;

[Rule("CL-1.6")]
public sealed class AnchorTests
{
    [Theory]
    [InlineData("a: &x 1\nb: *x", "{a: 1, b: 1}")]
    [InlineData("a: &x [1, 2]\nb: {c: *x}", "{a: [1, 2], b: {c: [1, 2]}}")]
    [InlineData("a: &x {k: v}\nb: [*x, *x]", "{a: {k: v}, b: [{k: v}, {k: v}]}")]
    [InlineData("&k key: 1\nother: *k", "{key: 1, other: key}")]
    [InlineData("a: &x k\n*x : 1", "{a: k, k: 1}")]
    [InlineData("a: &x\nb: *x", "{a: null, b: null}")]
    public void An_alias_stands_for_its_value(string text, string shown) => Assert.Equal(shown, AText.Read(text).Shown);

    [Fact]
    public void Of_anchors_with_one_name_the_last_one_before_the_alias_counts() =>
        Assert.Equal("{a: 1, b: 1, c: 2, d: 2}", AText.Read("a: &x 1\nb: *x\nc: &x 2\nd: *x").Shown);

    [Fact]
    [Rule("CL-1.7")]
    public void An_anchor_needs_no_alias() => Assert.Equal("{a: 1}", AText.Read("a: &never 1").Shown);

    [Fact]
    public void The_place_of_an_aliased_value_is_where_it_is_written()
    {
        var map = AText.Read("a: &x  value\nb: *x").Map;

        Assert.Same(map["a"], map["b"]);
        Assert.Equal("1:8", map["b"]!.Span.Position.ToString());
    }

    [Fact]
    public void An_alias_without_anchor_is_an_error()
    {
        var problem = AText.Read("a: &defaults {}\nb: *default").Problem;

        Assert.Equal((YamlCodes.UndefinedAlias, "2:4"), (problem.Code, problem.Span.Position.ToString()));
        Assert.Equal(("Unable to parse YAML: found undefined alias default", "Did you mean '*defaults'?"), (problem.Message, problem.Hint));
    }

    [Theory]
    [InlineData("a: &x\n  b: *x", "2:6")]
    [InlineData("a: &x [*x]", "1:8")]
    [InlineData("a: &x\n  <<: *x", "2:7")]
    public void An_alias_inside_its_own_value_is_an_error(string text, string place)
    {
        var problem = AText.Read(text).Problems[0];

        Assert.Equal((YamlCodes.UndefinedAlias, place), (problem.Code, problem.Span.Position.ToString()));
        Assert.Contains("inside the value that it names", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_anchor_before_the_first_key_belongs_to_the_key() => Assert.IsType<YamlScalar>(AText.Read("x: {&k a: 1}\ny: *k").Map["y"]);
}
