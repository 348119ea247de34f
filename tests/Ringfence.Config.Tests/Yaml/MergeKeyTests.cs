using Ringfence.Config.Diagnostics;

namespace Ringfence.Config.Tests.YamlReading;

[Rule("CL-1.6", "CL-1.8")]
public sealed class MergeKeyTests
{
    private const string Anchors = "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\n";

    [Theory]
    [InlineData("{<<: *x}", "{a: 1, b: 2}")]
    [InlineData("{<<: *x, b: 9}", "{a: 1, b: 9}")]
    [InlineData("{b: 9, <<: *x}", "{b: 9, a: 1}")]
    [InlineData("{z: 0, <<: *x, w: 5}", "{z: 0, a: 1, b: 2, w: 5}")]
    [InlineData("{<<: [*x, *y]}", "{a: 1, b: 2, c: 4}")]
    [InlineData("{<<: [*y, *x]}", "{b: 3, c: 4, a: 1}")]
    [InlineData("{<<: [*x, *y], b: 9}", "{a: 1, b: 9, c: 4}")]
    [InlineData("{<<: *x, <<: *y}", "{a: 1, b: 2, c: 4}")]
    [InlineData("{<<: *y, k: 0, <<: *x}", "{b: 3, c: 4, k: 0, a: 1}")]
    [InlineData("{<<: {d: 5}}", "{d: 5}")]
    [InlineData("{<<: []}", "{}")]
    public void Written_keys_win_and_the_first_merge_wins(string merge, string shown) =>
        Assert.Equal(shown, AText.Show(AText.Read($"{Anchors}m: {merge}").Map["m"]));

    [Fact]
    public void Is_shallow() => Assert.Equal(
        "{a: {k: 1}}",
        AText.Show(AText.Read("x: &x {a: {k: 0, l: 0}}\nm: {<<: *x, a: {k: 1}}").Map["m"]));

    [Fact]
    public void What_was_merged_can_be_merged_on() =>
        Assert.Equal("{a: 1, b: 2, d: 4, e: 5}", AText.Show(AText.Read($"{Anchors}z: &z {{<<: *x, d: 4}}\nm: {{<<: *z, e: 5}}").Map["m"]));

    [Theory]
    [InlineData("<<: *x", "*x")]
    [InlineData("<<: [1]", "sequence")]
    [InlineData("<<:", "scalar")]
    [InlineData("<<: ~", "scalar")]
    public void Takes_maps_only(string merge, string found)
    {
        var problem = AText.Read($"x: &x 1\nm:\n  {merge}").Problem;

        Assert.Equal((YamlCodes.BadMerge, "3:3"), (problem.Code, problem.Span.Position.ToString()));
        Assert.Equal(
            $"Unable to parse YAML: expected a mapping or list of mappings for merging, but found {(found == "*x" ? "scalar" : found)}",
            problem.Message);
    }

    [Fact]
    public void A_quoted_key_merges_nothing() => Assert.Equal("{<<: {a: 1}}", AText.Read("'<<': {a: 1}").Shown);

    [Fact]
    public void A_merged_key_is_no_duplicate_but_a_written_one_is() =>
        Assert.Equal("found duplicate key b", AText.Read($"{Anchors}m: {{<<: *x, b: 1, b: 2}}").Problem.Message["Unable to parse YAML: ".Length..]);
}
