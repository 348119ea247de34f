using Ringfence.Config.Tests.YamlReading;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Tests.Packing;

[Rule("CL-15.14", "CL-15.15")]
public sealed class OrbPackerTests
{
    private static readonly (string, string) Root = ("@orb.yml", "version: 2.1\ndescription: d");

    [Fact]
    public void The_name_of_a_file_is_the_name_of_the_element() => Assert.Equal(
        "{version: 2.1, description: d, commands: {greet: {steps: []}}, executors: {e: {machine: true}}, jobs: {j: {steps: []}}, examples: {x: {usage: {}}}}",
        Packed(Root, ("commands/greet.yml", "steps: []"), ("executors/e.yml", "machine: true"), ("jobs/j.yaml", "steps: []"), ("examples/x.yml", "usage: {}")));

    [Fact]
    public void Elements_may_stand_in_the_root_file_as_well() => Assert.Equal(
        "{commands: {a: {steps: []}, b: {steps: []}}}",
        Packed(("@orb.yml", "commands: {b: {steps: []}}"), ("commands/a.yml", "steps: []")));

    [Fact]
    public void Needs_the_root_file()
    {
        var result = PackOutcome.OfOrb(ATree.Of(("commands/a.yml", "steps: []"), ("src/@orb.yml", "version: 2.1")));

        Assert.Null(result.Packed);
        Assert.Equal(["RF7006"], result.Places);
    }

    [Fact]
    public void Other_files_and_keys_are_left_out() => Assert.Equal(
        "{version: 2.1, description: d}",
        Packed(Root, ("extra.yml", "aliases: 1"), ("tests/x.yml", "- : ["), ("scripts/x.sh", "x"), ("commands/deep/x.yml", "a: 1"), ("README.md", "x")));

    [Fact]
    [Rule("CL-6.15")]
    public void A_file_is_included_with_its_templates_escaped()
    {
        var packed = Pack(Root, ("commands/a.yml", "steps:\n  - run: <<include(scripts/a.sh)>>\n  - run: {command: '<< include(scripts/a.sh) >>'}"), ("scripts/a.sh", "cat <<EOF\n$1\nEOF\n"));

        Assert.Empty(packed.Diagnostics);
        Assert.Equal("[{run: cat \\<<EOF\n$1\nEOF\n}, {run: {command: cat \\<<EOF\n$1\nEOF\n}}]", AText.Show(At(packed.Packed, "commands", "a", "steps")));
    }

    [Fact]
    [Rule("CL-6.15")]
    public void Examples_and_descriptions_include_nothing() => Assert.Equal(
        "{description: <<include(x.sh)>>, examples: {e: {description: <<include(x.sh)>>}}}",
        Packed(("@orb.yml", "description: <<include(x.sh)>>"), ("examples/e.yml", "description: <<include(x.sh)>>"), ("x.sh", "x")));

    [Theory]
    [InlineData("<<include(./scripts/../scripts/a.sh)>>")]
    [InlineData("<<include(/scripts//a.sh)>>")]
    [InlineData("<<  include(scripts/a.sh)  >>")]
    [Rule("CL-6.15")]
    public void A_path_begins_at_the_top_of_the_tree(string directive) =>
        Assert.Equal("ok", AText.Show(At(Pack(Root, ("jobs/j.yml", $"k: {directive}"), ("scripts/a.sh", "ok")).Packed, "jobs", "j", "k")));

    [Theory]
    [InlineData("k: <<include(scripts/b.sh)>>", "RF7007 jobs/j.yml:1:4", "scripts/a.sh")]
    [InlineData("k: <<include(scripts)>>", "RF7007 jobs/j.yml:1:4", "folder of @orb.yml")]
    [InlineData("k: <<include(../a.sh)>>", "RF7008 jobs/j.yml:1:4", "Copy the file")]
    [InlineData("k: <<include(scripts/../../a.sh)>>", "RF7008 jobs/j.yml:1:4", "Copy the file")]
    [InlineData("k: x <<include(scripts/a.sh)>>", "RF7009 jobs/j.yml:1:6", "step of its own")]
    [InlineData("k: |\n  <<include(scripts/a.sh)>>\n", "RF7009 jobs/j.yml:2:3", "without '|'")]
    [InlineData("k: <<include(scripts/a.sh)>> <<include(scripts/a.sh)>>", "RF7009 jobs/j.yml:1:30", "step of its own")]
    [Rule("CL-6.15")]
    public void An_include_that_cannot_be_is_shown_where_it_is(string job, string place, string hint)
    {
        var result = Pack(Root, ("jobs/j.yml", job), ("scripts/a.sh", "ok"));

        Assert.Null(result.Packed);
        Assert.Equal([place], result.Places);
        Assert.Contains(hint, result.Diagnostics[0].Hint, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("CL-6.15")]
    public void Included_files_have_a_greatest_size()
    {
        var tree = ATree.Of(Root, ("jobs/j.yml", "a: <<include(x)>>\nb: <<include(x)>>"), ("x", new string('x', 60)));

        Assert.Equal(["RF7010 jobs/j.yml:2:4"], PackOutcome.OfOrb(tree, new Limits { SourceCharacters = 100 }).Places);
    }

    private static PackOutcome Pack(params (string, string)[] files) => PackOutcome.OfOrb(ATree.Of(files));

    private static string Packed(params (string, string)[] files)
    {
        var result = Pack(files);
        Assert.Empty(result.Diagnostics);
        return AText.Show(result.Packed);
    }

    private static YamlNode? At(YamlNode? node, params string[] keys) => keys.Aggregate(node, (n, key) => ((YamlMapping)n!)[key]);
}
