using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Tests.YamlReading;

/// <summary>The exact form in which values are written; people compare it line by line.</summary>
[Rule("CL-23.1a")]
public sealed class YamlWriterTests
{
    [Theory]
    [InlineData("a: {b: {c: d}}", "a:\n  b:\n    c: d\n")]
    [InlineData("z: 1\na: [x, [b, z], {k: v, l: w}]", "z: 1\na:\n- x\n- - b\n  - z\n- k: v\n  l: w\n")]
    [InlineData("a: {}\nb: []\nc: [[], {}]", "a: {}\nb: []\nc:\n- []\n- {}\n")]
    [InlineData("a: ~\nb: yes\nc: 010\nd: 1.10\ne:", "a: null\nb: true\nc: 8\nd: 1.1\ne: null\n")]
    [InlineData("- - - a", "- - - a\n")]
    [InlineData("text", "text\n")]
    [InlineData("[]", "[]\n")]
    [InlineData("yes: 1\n'on': 2\n1.10: 3", "'yes': 1\n'on': 2\n'1.10': 3\n")]
    [InlineData("x: &x {k: v}\nz: *x", "x:\n  k: v\nz:\n  k: v\n")]
    public void Writes_blocks(string text, string written) => Assert.Equal(written, YamlWriter.Write(AText.Read(text).Node));

    [Theory]
    [InlineData("plain text")]
    [InlineData("~/repo")]
    [InlineData("<< parameters.x >>")]
    [InlineData("=x")]
    [InlineData("-x")]
    [InlineData("?x")]
    [InlineData(":x")]
    [InlineData("a:b")]
    [InlineData("a#b")]
    [InlineData("it's")]
    [InlineData("{{ x }}", "'{{ x }}'")]
    [InlineData("cache-{{ checksum \"x\" }}")]
    [InlineData("1.2.3")]
    [InlineData("20.04-lts")]
    [InlineData("é 😀")]
    [InlineData("", "''")]
    [InlineData("~", "'~'")]
    [InlineData("=", "'='")]
    [InlineData("<<", "'<<'")]
    [InlineData("null", "'null'")]
    [InlineData("Yes", "'Yes'")]
    [InlineData("off", "'off'")]
    [InlineData("y", "'y'")]
    [InlineData("N", "'N'")]
    [InlineData("12", "'12'")]
    [InlineData("08", "'08'")]
    [InlineData("017", "'017'")]
    [InlineData("0o17", "'0o17'")]
    [InlineData("0x1F", "'0x1F'")]
    [InlineData("1_000", "'1_000'")]
    [InlineData("1:30", "'1:30'")]
    [InlineData("1e3", "'1e3'")]
    [InlineData("-.5", "'-.5'")]
    [InlineData(".inf", "'.inf'")]
    [InlineData("2.10", "'2.10'")]
    [InlineData("2020-01-01", "'2020-01-01'")]
    [InlineData("2001-12-14t21:59:43.10-05:00", "'2001-12-14t21:59:43.10-05:00'")]
    [InlineData("- x", "'- x'")]
    [InlineData("-", "'-'")]
    [InlineData("? x", "'? x'")]
    [InlineData("---", "'---'")]
    [InlineData("...", "'...'")]
    [InlineData("a: b", "'a: b'")]
    [InlineData("a:", "'a:'")]
    [InlineData("a #b", "'a #b'")]
    [InlineData("#a", "'#a'")]
    [InlineData("%a", "'%a'")]
    [InlineData("@a", "'@a'")]
    [InlineData("`a", "'`a'")]
    [InlineData("&a", "'&a'")]
    [InlineData("*a", "'*a'")]
    [InlineData("!a", "'!a'")]
    [InlineData("|", "'|'")]
    [InlineData("> a", "'> a'")]
    [InlineData("[a", "'[a'")]
    [InlineData("'a", "'''a'")]
    [InlineData("\"a\"", "'\"a\"'")]
    [InlineData(" a", "' a'")]
    [InlineData("a ", "'a '")]
    [InlineData("a\tb", "\"a\\tb\"")]
    [InlineData("a\rb", "\"a\\rb\"")]
    [InlineData("\0\u001b\u007f", "\"\\u0000\\u001B\\u007F\"")]
    [InlineData("\u0085\u2028\u2029\uFEFF", "\"\\u0085\\u2028\\u2029\\uFEFF\"")]
    [InlineData("\t\"\\", "\"\\t\\\"\\\\\"")]
    [InlineData("\n", "\"\\n\"")]
    [InlineData("\n\n", "\"\\n\\n\"")]
    public void Quotes_what_a_reader_could_misread(string text, string? written = null) =>
        Assert.Equal($"a: {written ?? text}\n", YamlWriter.Write(With(text)));

    [Theory]
    [InlineData("x\ny", "a: |-\n  x\n  y\n")]
    [InlineData("x\ny\n", "a: |\n  x\n  y\n")]
    [InlineData("x\n", "a: |\n  x\n")]
    [InlineData("x\n\n\n", "a: |+\n  x\n\n\n")]
    [InlineData("  x\ny\n", "a: |2\n    x\n  y\n")]
    [InlineData(" x\ny", "a: |2-\n   x\n  y\n")]
    [InlineData("\n\n x\n\n", "a: |2+\n\n\n   x\n\n")]
    [InlineData("\nx", "a: |-\n\n  x\n")]
    [InlineData("x \n\ny  ", "a: |-\n  x \n\n  y  \n")]
    [InlineData("x\n  \n\ty", "a: |-\n  x\n    \n  \ty\n")]
    [InlineData("x\n ", "a: \"x\\n \"\n")]
    [InlineData("x\n \n", "a: \"x\\n \\n\"\n")]
    [InlineData("x: y\n# z\n- 'w'\n---\n", "a: |\n  x: y\n  # z\n  - 'w'\n  ---\n")]
    [InlineData("x\r\ny\n", "a: \"x\\r\\ny\\n\"\n")]
    [InlineData("\tx\ny", "a: \"\\tx\\ny\"\n")]
    [InlineData(" \nx", "a: \" \\nx\"\n")]
    [InlineData("x\n\u0085y", "a: \"x\\n\\u0085y\"\n")]
    public void Writes_lines_as_a_block_where_a_block_can_hold_them(string text, string written) =>
        Assert.Equal(written, YamlWriter.Write(With(text)));

    [Fact]
    public void Indents_a_block_from_what_holds_it() => Assert.Equal(
        "a:\n- - |\n    x\n- b: |\n    y\n  c:\n    d: |\n      z\n",
        YamlWriter.Write(AText.Read("a: [[\"x\\n\"], {b: \"y\\n\", c: {d: \"z\\n\"}}]").Node));

    [Fact]
    public void Folds_nothing()
    {
        var line = string.Join(' ', Enumerable.Repeat("word", 1000));

        Assert.Equal($"a: {line}\n", YamlWriter.Write(With(line)));
    }

    [Fact]
    public void Announces_a_long_key()
    {
        var key = new string('k', 5000);
        var written = YamlWriter.Write(new YamlMapping(SourceSpan.None, [new YamlEntry(Text(key), Text("v"))]));

        Assert.Equal($"? {key}\n: v\n", written);
        Assert.Equal($"{{{key}: v}}", AText.Read(written).Shown);
    }

    [Fact]
    public void Appends_to_a_text()
    {
        var text = new System.Text.StringBuilder("# comment\n");
        YamlWriter.Write(With("b"), text);

        Assert.Equal("# comment\na: b\n", text.ToString());
    }

    [Fact]
    public void Writes_deep_values()
    {
        YamlNode node = Text("x\ny");
        for (var i = 0; i < 100; i++)
            node = new YamlMapping(SourceSpan.None, [new YamlEntry(Text("k"), new YamlSequence(SourceSpan.None, [node]))]);
        var again = AText.Read(YamlWriter.Write(node), new Limits { YamlDepth = 200 });

        Assert.True(YamlEquality.SameData(node, again.Node));
    }

    private static YamlMapping With(string text) => new(SourceSpan.None, [new YamlEntry(Text("a"), Text(text))]);

    private static YamlScalar Text(string text) => YamlScalar.String(text, SourceSpan.None);
}
