namespace Ringfence.Agent.Tests.InJob;

[Rule("EX-10.15")]
public sealed class EnvSubstTests : IDisposable
{
    private readonly JobFolder _job = new();

    public EnvSubstTests()
    {
        _job.Environment["FOO"] = "bar";
        _job.Environment["EMPTY"] = "";
        _job.Environment["DOLLAR"] = "$FOO";
        _job.Environment["ÜBER"] = "no";
    }

    public void Dispose() => _job.Dispose();

    [Theory]
    [InlineData("", "")]
    [InlineData("plain } text: 5$ $- $", "plain } text: 5$ $- $")]
    [InlineData("{\"foo\": \"$FOO\", \"p\": \"${FOO}\"}", "{\"foo\": \"bar\", \"p\": \"bar\"}")]
    [InlineData("<$NOT><${NOT}>", "<><>")]
    [InlineData("$FOO-$FOO_$FOO.", "bar-bar.")]
    [InlineData("${NOT:-d} ${EMPTY:-d} ${FOO:-d}", "d d bar")]
    [InlineData("${NOT-d} ${EMPTY-d} ${FOO-d}", "d  bar")]
    [InlineData("${NOT:=d} ${EMPTY:=d} ${FOO:=d}", "d d bar")]
    [InlineData("${NOT=d} ${EMPTY=d} ${FOO=d} $NOT", "d  bar ")]
    [InlineData("${NOT:+a} ${EMPTY:+a} ${FOO:+a}", "  a")]
    [InlineData("${NOT+a} ${EMPTY+a} ${FOO+a}", " a a")]
    [InlineData("${NOT:-${ALSO:-$FOO}!} ${NOT:-}", "bar! ")]
    [InlineData("$$FOO $${FOO} $$", "$FOO ${FOO} $")]
    [InlineData("$DOLLAR", "$FOO")]
    [InlineData("$1 costs", " costs")]
    [InlineData("$ÜBER ü", "$ÜBER ü")]
    [InlineData("a\r\n$FOO\n", "a\r\nbar\n")]
    public void Replaces_variables(string text, string expected)
    {
        Assert.Equal((0, expected), (_job.Call("env", "subst", "--", text).Code, _job.Call("env", "subst", "--", text).Out));
        Assert.Equal(expected, _job.CallWith(text, "env", "subst").Out);
    }

    [Theory]
    [InlineData("a\n${FOO")]
    [InlineData("a\n${FOO:")]
    [InlineData("a\n${FOO:-")]
    [InlineData("a\n${FOO:-x${FOO}")]
    [InlineData("a\n${}")]
    [InlineData("a\n${FOO?x}")]
    [InlineData("a\n${FOO.BAR}")]
    [InlineData("a\n${FOO:x}")]
    public void Says_where_a_text_is_wrong(string text)
    {
        var call = _job.Call("env", "subst", text);

        Assert.Equal((1, ""), (call.Code, call.Out));
        Assert.Contains("line 2", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_endless_nesting()
    {
        var text = string.Concat(Enumerable.Repeat("${A:-", 100_000)) + new string('}', 100_000);

        Assert.Equal(1, _job.CallWith(text, "env", "subst").Code);
    }

    [Fact]
    public void Keeps_bytes_that_are_not_UTF_8() =>
        Assert.Equal([0xFF, (byte)'b', (byte)'a', (byte)'r', 0xFE, 0], _job.CallWith([0xFF, .. "${FOO}"u8, 0xFE, 0], "env", "subst").Bytes);

    [Fact]
    public void An_empty_argument_is_not_stdin() => Assert.Empty(_job.CallWith("$FOO", "env", "subst", "").Out);
}
