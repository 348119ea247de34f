using CsCheck;

namespace Ringfence.Primitives.Tests;

public sealed class SourceTextTests
{
    [Theory]
    [InlineData("", 0, "1:1")]
    [InlineData("ab", 1, "1:2")]
    [InlineData("a\nb", 1, "1:2")]
    [InlineData("a\nb", 2, "2:1")]
    [InlineData("a\r\nb", 3, "2:1")]
    [InlineData("a\rb", 2, "2:1")]
    [InlineData("a\n", 2, "2:1")]
    [InlineData("abc", 99, "1:4")]
    [InlineData("abc", -5, "1:1")]
    public void Finds_line_and_column(string text, int offset, string expected) =>
        Assert.Equal(expected, new SourceText("config.yml", text).PositionAt(offset).ToString());

    [Theory]
    [InlineData("", 1)]
    [InlineData("a", 1)]
    [InlineData("a\n", 2)]
    [InlineData("a\r\nb\rc\nd", 4)]
    public void Counts_lines(string text, int expected) => Assert.Equal(expected, new SourceText("x", text).LineCount);

    [Fact]
    public void Gives_each_line_without_its_break()
    {
        var text = new SourceText("x", "one\r\ntwo\n\nfour");

        Assert.Equal(["one", "two", "", "four"], Enumerable.Range(1, text.LineCount).Select(number => text.Line(number).ToString()));
        Assert.Equal([0, 5, 9, 10], Enumerable.Range(1, text.LineCount).Select(text.OffsetOfLine));
    }

    [Fact]
    public void Leads_from_an_offset_to_a_place_and_back() =>
        Gen.Select(Gen.OneOf([.. new[] { "a", "é", "\n", "\r", "\r\n", "😀" }.Select(Gen.Const)]).Array, Gen.Int[0, 60]).Sample((parts, offset) =>
        {
            var text = new SourceText("x", string.Concat(parts));
            offset = Math.Min(offset, text.Text.Length);
            var place = text.PositionAt(offset);
            return text.OffsetOfLine(place.Line) + place.Column - 1 == offset;
        });
}
