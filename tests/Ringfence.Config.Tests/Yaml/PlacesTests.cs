using Ringfence.Config.Yaml;

namespace Ringfence.Config.Tests.YamlReading;

/// <summary>A character of a value is found where it is written, whatever the style; a message about a script points at its line.</summary>
[Rule("CL-1.3")]
public sealed class PlacesTests
{
    [Theory]
    [InlineData("a: x!y", "1:5")]
    [InlineData("a: x\n  !y", "2:3")]
    [InlineData("a: x  \n\n  !y", "3:3")]
    [InlineData("a: 'it''s !'", "1:11")]
    [InlineData("a: 'b \n   c !'", "2:6")]
    [InlineData("a: \"\\t\\x41\\u0041\\U0001F600!\"", "1:27")]
    [InlineData("a: \"b \\\n   c !\"", "2:6")]
    [InlineData("a: \"b\n\n   c !\"", "3:6")]
    [InlineData("a: |\n  b\n  c !\n", "3:5")]
    [InlineData("a: |\n\n\n  b\n\n  !\n", "6:3")]
    [InlineData("a: |2\n    b\n  !\n", "3:3")]
    [InlineData("a: |2-\n     !\n", "2:6")]
    [InlineData("a: |+\n  b\n    !\n\n", "3:5")]
    [InlineData("a: | # comment\n  !\n", "2:3")]
    [InlineData("a: >\n  b\n  c\n  !\n", "4:3")]
    [InlineData("a: >\n  b\n\n  c\n\n\n  !\n", "7:3")]
    [InlineData("a: >\n  b\n    c\n  !\n", "4:3")]
    [InlineData("a: >2\n\n   b\n  !\n", "4:3")]
    [InlineData("a: &anchor !!str  x!", "1:20")]
    [InlineData("a: &anchor # comment\n  x!", "2:4")]
    [InlineData("a: &anchor |\n  b\n  !\n", "3:3")]
    public void Finds_a_character(string text, string place)
    {
        foreach (var lines in (string[])["\n", "\r\n"])
        {
            var read = AText.Read(text.ReplaceLineEndings(lines));
            var at = read.A.OffsetOf(read.A.Text.IndexOf('!', StringComparison.Ordinal));

            Assert.Equal(('!', place), (read.Source.Text[at], read.Source.PositionAt(at).ToString()));
        }
    }

    [Fact]
    public void Line_breaks_of_Windows_are_read_as_one_line_break() => Assert.Equal("b\nc\n", AText.Read("a: |\r\n  b\r\n  c\r\n").A.Text);

    [Fact]
    public void A_block_at_the_end_of_a_file_without_line_break_has_none() => Assert.Equal("b\nc", AText.Read("a: |\n  b\n  c").A.Text);

    [Fact]
    public void A_part_of_a_value_has_a_span()
    {
        var read = AText.Read("a: |\n  echo << x >>\n");
        var span = read.A.SpanOf(5, 7);

        Assert.Equal("<< x >>", read.Source.Text[span.Start..span.End]);
    }

    [Fact]
    public void Keys_and_collections_have_places()
    {
        var map = AText.Read("a:\n  b:\n  - c\n  - d: [e]\n").Map;
        var inner = Assert.IsType<YamlMapping>(map["a"]);
        var list = Assert.IsType<YamlSequence>(inner["b"]);

        Assert.Equal(
            ["1:1", "2:3", "2:3", "3:3", "3:5", "4:5"],
            [Place(map.KeyOf("a")), Place(inner), Place(inner.KeyOf("b")), Place(list), Place(list.Items[0]), Place(list.Items[1])]);

        static string Place(YamlNode? node) => node!.Span.Position.ToString();
    }
}
