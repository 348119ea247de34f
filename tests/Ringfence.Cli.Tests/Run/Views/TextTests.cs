using System.Text;
using Ringfence.Cli.Output;
using Ringfence.Cli.Run.Views;

namespace Ringfence.Cli.Tests.Run.Views;

public sealed class TextTests
{
    [Theory]
    [InlineData(0.04, "0.0s")]
    [InlineData(9.96, "9s")]
    [InlineData(59.9, "59s")]
    [InlineData(63, "1m 03s")]
    [InlineData(7500, "2h 05m")]
    [InlineData(-1, "0.0s")]
    public void Says_how_long_something_took(double seconds, string text) => Assert.Equal(text, ElapsedText.Of(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("build", "build")]
    [InlineData("node/test-18.0", "node/test-18.0")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("a b", "'a b'")]
    [InlineData("-x", "'-x'")]
    [InlineData("", "''")]
    [InlineData("a\e'\\\u202eb", @"$'a\U0000001b\'\\\U0000202eb'")]
    public void Quotes_what_a_shell_would_take_apart(string text, string word) => Assert.Equal(word, ShownText.ShellWord(text));

    [Theory]
    [InlineData("..", "unnamed")]
    [InlineData("", "unnamed")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData(".hidden", "hidden")]
    [InlineData("a/b\\c:d", "a-b-c-d")]
    [InlineData("Gr\u00fc\u00dfe", "Gr-e")]
    public void Names_files_safely(string text, string name) => Assert.Equal(name, FileNames.Slug(text));

    [Theory]
    [InlineData("10%\r100%\r", "100%")]
    [InlineData("\e[1;32mok\e[0m", "ok")]
    [InlineData("a\tb", "a       b")]
    [InlineData("\e]8;;http://x\e\\link\e]8;;\e\\", "link")]
    [InlineData("bell\a", @"bell\x07")]
    public void Shows_what_a_terminal_would_show_in_the_end(string line, string text) => Assert.Equal(text, OutputText.LastState(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void A_tail_keeps_the_last_lines_of_any_amount()
    {
        var tail = new OutputTail();
        for (var i = 0; i < 100_000; i++)
            tail.Add(Encoding.UTF8.GetBytes($"line {i}\n"));

        Assert.Equal(["line 99997", "line 99998", "line 99999"], tail.Lines(3));
        tail.Add(Encoding.UTF8.GetBytes(new string('y', 100_000) + "\nlast\n\n"));
        Assert.Equal("last", tail.LastLine());
    }

    [Fact]
    public void Cuts_by_columns_and_not_by_characters()
    {
        var shown = new ShownText(new OutputTraits(false, true, 80));

        Assert.Equal("日本…", shown.Cut("日本語日本語", 6));
        Assert.Equal("abc", shown.Cut("abc", 3));
        Assert.Equal("ab…", shown.Cut("abcd", 3));
    }
}
