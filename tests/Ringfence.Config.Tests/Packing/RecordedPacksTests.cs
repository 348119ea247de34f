using Ringfence.Config.Tests.Recorded;

namespace Ringfence.Config.Tests.Packing;

/// <summary>Trees in public repositories, with what <c>circleci config pack</c> made of them.</summary>
[Rule("CL-23.1a")]
public sealed class RecordedPacksTests
{
    [Fact]
    public void Every_recorded_tree_packs_to_the_same_data()
    {
        var folders = Directory.GetDirectories(Corpus.Require("golden-pack"));

        Assert.NotEmpty(folders);
        Assert.All(folders, folder =>
        {
            var result = PackOutcome.OfConfig(ATree.In(Path.Combine(folder, "tree")));
            Assert.NotNull(result.Packed);
            Assert.Null(RecordedYaml.Difference(RecordedYaml.Read(File.ReadAllText(Path.Combine(folder, "packed.yml"))), result.Packed, "", (_, _) => false));
        });
    }

    [Fact]
    public void Every_recorded_tree_has_its_keys_in_the_same_order()
    {
        Assert.All(Directory.GetDirectories(Corpus.Require("golden-pack")), folder =>
        {
            var packed = PackOutcome.OfConfig(ATree.In(Path.Combine(folder, "tree"))).Packed;

            Assert.Equal(Keys(YamlReading.AText.Read(File.ReadAllText(Path.Combine(folder, "packed.yml"))).Node), Keys(packed!));
        });
    }

    private static IEnumerable<string> Keys(Config.Yaml.YamlNode node) => node switch
    {
        Config.Yaml.YamlMapping mapping => mapping.Entries.SelectMany(e => Keys(e.Value).Prepend(e.Name)),
        Config.Yaml.YamlSequence sequence => sequence.Items.SelectMany(Keys),
        _ => [],
    };
}
