using Ringfence.Config.Packing;
using Ringfence.Config.Tests.YamlReading;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Tests.Packing;

[Rule("CL-23.1a")]
public sealed class ConfigPackerTests
{
    [Fact]
    public void Folders_and_files_become_keys() => Check(
        "{jobs: {build: {docker: x}, test: {machine: true}}, version: 2.1, workflows: {main: {jobs: [build]}}}",
        ("config.yml", "version: 2.1"),
        ("jobs/build.yml", "docker: x"),
        ("jobs/test.yaml", "machine: true"),
        ("workflows/main.yml", "jobs: [build]"));

    [Fact]
    public void A_file_with_an_at_sign_belongs_to_its_folder() => Check(
        "{jobs: {a: {k: 1}, b: {k: 2}, c: {k: 3}}, x: 1}",
        ("@any.yml", "x: 1"),
        ("jobs/@more.yml", "a: {k: 1}\nb: {k: 2}"),
        ("jobs/c.yml", "k: 3"));

    [Fact]
    public void Folders_may_be_nested() => Check("{a: {b: {c: {d: 1}}}}", ("a/b/c.yml", "d: 1"));

    [Fact]
    public void The_later_file_wins_one_level_deep()
    {
        var result = PackOutcome.OfConfig(ATree.Of(("b.yml", "jobs: {y: 2}\nz: 1"), ("@a.yml", "jobs: {x: 1}\nz: 1")));

        Assert.Equal("{jobs: {y: 2}, z: 1}", AText.Show(result.Packed));
        Assert.Equal(["RF7003 b.yml:1:1"], result.Places);
        Assert.Contains("@a.yml:1:1", result.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_joins_what_the_folder_gave_before() => Check(
        "{jobs: {a: {k: 1, l: 3}}}",
        ("jobs/@x.yml", "a: {k: 1}"),
        ("jobs/a.yml", "l: 3"));

    [Fact]
    public void A_root_file_replaces_what_a_folder_of_an_earlier_name_gave()
    {
        var result = PackOutcome.OfConfig(ATree.Of(("jobs/a.yml", "k: 1"), ("main.yml", "jobs: {b: {}}")));

        Assert.Equal("{jobs: {b: {}}}", AText.Show(result.Packed));
    }

    [Fact]
    public void Keys_are_sorted_at_every_depth() => Check(
        "{a2: {b1: 0, b10: [{c: 1, d: 2}]}, a10: 1}",
        ("x.yml", "a10: 1\na2: {b10: [{d: 2, c: 1}], b1: 0}"));

    [Fact]
    public void Anchors_and_merges_belong_to_their_file()
    {
        Check("{a: {k: 1}, b: {k: 1, l: 2}}", ("x.yml", "a: &a {k: 1}\nb: {<<: *a, l: 2}"));
        Assert.Equal(["RF1005 y.yml:1:4"], PackOutcome.OfConfig(ATree.Of(("x.yml", "a: &a 1"), ("y.yml", "b: *a"))).Places);
    }

    [Theory]
    [InlineData("13.0", "13", ScalarKind.Integer)]
    [InlineData("1.10", "1.1", ScalarKind.Float)]
    [InlineData("1:30", "1:30", ScalarKind.String)]
    [InlineData("010", "8", ScalarKind.Integer)]
    [InlineData("YES", "true", ScalarKind.Boolean)]
    [InlineData("'13.0'", "13.0", ScalarKind.String)]
    public void Scalars_are_written_as_Go_writes_them(string written, string text, ScalarKind kind)
    {
        var packed = PackOutcome.OfConfig(ATree.Of(("x.yml", $"a: {written}"))).Packed;
        var scalar = Assert.IsType<YamlScalar>(packed!["a"]);

        Assert.Equal((text, kind), (scalar.Text, scalar.Kind));
    }

    [Fact]
    public void A_block_at_the_end_of_a_file_without_line_break_has_none() => Check("{jobs: {a: {run: x\ny}}}", ("jobs/a.yml", "run: |\n  x\n  y"));

    [Fact]
    public void Hidden_files_and_other_files_are_left_out() => Check(
        "{a: 1}",
        ("x.yml", "a: 1"), (".x.yml", "b: 1"), ("jobs/.y.yml", "b: 1"), (".jobs/y.yml", "b: 1"), ("README.md", "- : ["), ("run.sh", "x"), (".yml", "c: 1"));

    [Theory]
    [InlineData("[1]", "a list")]
    [InlineData("text", "a text")]
    [InlineData("", "nothing")]
    [InlineData("# comment", "nothing")]
    public void A_file_must_hold_a_map(string text, string found)
    {
        var result = PackOutcome.OfConfig(ATree.Of(("x.yml", "a: 1"), ("jobs/b.yml", text)));

        Assert.Null(result.Packed);
        Assert.Equal(["RF7001 jobs/b.yml:1:1"], result.Places);
        Assert.Contains($"got {found}", result.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cannot_go_below_a_text()
    {
        var result = PackOutcome.OfConfig(ATree.Of(("jobs/@x.yml", "a: text\nb:"), ("jobs/a.yml", "k: 1"), ("jobs/b.yml", "k: 1")));

        Assert.Equal(["RF7002 jobs/a.yml:1:1"], result.Places);
    }

    [Fact]
    public void All_problems_are_reported() => Assert.Equal(
        ["RF1001 a.yml:1:5", "RF1004 b.yml:2:1", "RF7001 c.yml:1:1"],
        PackOutcome.OfConfig(ATree.Of(("a.yml", "a: b: c"), ("b.yml", "a: 1\na: 2"), ("c.yml", "- 1"))).Places);

    [Fact]
    public void An_empty_tree_is_refused() => Assert.Equal(["RF7004"], PackOutcome.OfConfig(ATree.Of(("a.sh", ""))).Places);

    [Fact]
    public void Folders_have_a_greatest_depth()
    {
        var deep = string.Concat(Enumerable.Repeat("a/", 10_000)) + "b.yml";

        Assert.Equal("RF7005", Assert.Single(PackOutcome.OfConfig(ATree.Of((deep, "a: 1"))).Diagnostics).Code.Id);
    }

    [Fact]
    public void Values_know_the_name_their_file_was_given()
    {
        var problems = new DiagnosticBag();
        var files = new Dictionary<string, SourceText> { ["jobs/a.yml"] = new("src/jobs/a.yml", "k: v") };
        var packed = ConfigPacker.Pack(files, problems, Limits.Default);
        var job = Assert.IsType<YamlMapping>(Assert.IsType<YamlMapping>(packed!["jobs"])["a"]);

        Assert.Equal("src/jobs/a.yml:1:4", job["k"]!.Span.ToString());
    }

    private static void Check(string shown, params (string, string)[] files)
    {
        var result = PackOutcome.OfConfig(ATree.Of(files));

        Assert.Empty(result.Diagnostics);
        Assert.Equal(shown, AText.Show(result.Packed));
    }
}
