using Ringfence.Config.Yaml;

namespace Ringfence.Config.Tests.YamlReading;

/// <summary>What plain scalars mean by YAML 1.1.</summary>
[Rule("CL-1.5")]
public sealed class ScalarResolutionTests
{
    [Theory]
    [InlineData("yes Yes YES on On ON true True TRUE", "true")]
    [InlineData("no No NO off Off OFF false False FALSE", "false")]
    public void Booleans(string written, string text)
    {
        foreach (var word in written.Split(' '))
            Check(word, ScalarKind.Boolean, text);
    }

    [Theory]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("Null")]
    [InlineData("NULL")]
    [InlineData("")]
    public void Nulls(string written) => Check(written, ScalarKind.Null, "");

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("+12", "12")]
    [InlineData("1_000", "1000")]
    [InlineData("010", "8")]
    [InlineData("-010", "-8")]
    [InlineData("0x1F", "31")]
    [InlineData("0xdead_beef", "3735928559")]
    [InlineData("0b101", "5")]
    [InlineData("1:30", "90")]
    [InlineData("190:20:30", "685230")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    public void Whole_numbers(string written, string text) => Check(written, ScalarKind.Integer, text);

    [Theory]
    [InlineData("13.0", "13.0")]
    [InlineData("1.10", "1.1")]
    [InlineData("2.1", "2.1")]
    [InlineData("1.", "1.0")]
    [InlineData(".5", "0.5")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("1_000.5", "1000.5")]
    [InlineData("1e3", "1000.0")]
    [InlineData("10000000.0", "1.0E7")]
    [InlineData("1.5e10", "1.5E10")]
    [InlineData("0.0001", "1.0E-4")]
    [InlineData("0.001", "0.001")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("1:30.5", "90.5")]
    [InlineData(".inf", ".inf")]
    [InlineData("-.INF", "-.inf")]
    [InlineData(".NaN", ".NaN")]
    public void Numbers_with_a_fraction_are_written_as_Java_writes_them(string written, string text) => Check(written, ScalarKind.Float, text);

    [Theory]
    [InlineData("y")]
    [InlineData("n")]
    [InlineData("yEs")]
    [InlineData("tRUE")]
    [InlineData("nULL")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("1.2.3")]
    [InlineData("08")]
    [InlineData("0o17")]
    [InlineData("0xZ")]
    [InlineData("1:60")]
    [InlineData("1:2:3x")]
    [InlineData("00:00")]
    [InlineData("2020-01-01")]
    [InlineData("1e")]
    [InlineData("_1")]
    [InlineData("-.5")]
    [InlineData("1.5e+")]
    [InlineData("20.04-lts")]
    public void Everything_else_is_text(string written)
    {
        var text = written == "-" ? "a: '-'" : $"a: {written}";
        var scalar = AText.Read(text).A;

        Assert.Equal((ScalarKind.String, written), (scalar.Kind, scalar.Text));
    }

    [Theory]
    [InlineData("'yes'")]
    [InlineData("\"yes\"")]
    [InlineData("|-\n  yes")]
    [InlineData(">-\n  yes")]
    [InlineData("!!str yes")]
    public void What_is_quoted_is_text(string written)
    {
        var scalar = AText.Read($"a: {written}").A;

        Assert.Equal((ScalarKind.String, "yes"), (scalar.Kind, scalar.Text));
    }

    [Fact]
    public void A_long_number_takes_no_time() => Check(new string('9', 100_000), ScalarKind.String, new string('9', 100_000));

    private static void Check(string written, ScalarKind kind, string text)
    {
        var scalar = AText.Read($"a: {written}").A;

        Assert.Equal((kind, text), (scalar.Kind, scalar.Text));
    }
}
