using Ringfence.Access.Names;

namespace Ringfence.Access.Tests.Names;

public sealed class VariableNameTests
{
    [Theory]
    [Rule("CTX-4", "ENV-2", "EX-8.4a")]
    [InlineData("A", true)]
    [InlineData("_a9", true)]
    [InlineData("npm_token", true)]
    [InlineData("", false)]
    [InlineData("9A", false)]
    [InlineData("A-B", false)]
    [InlineData("A B", false)]
    [InlineData("Ä", false)]
    [InlineData("A\n", false)]
    public void Is_letters_digits_and_underscores(string text, bool isTaken)
    {
        Assert.Equal(isTaken, VariableName.TryParse(text, out var name, out var whyNot));
        Assert.Equal(isTaken, name is not null);
        Assert.Equal(isTaken, whyNot is null);
    }

    [Fact]
    [Rule("CTX-4")]
    public void Is_at_most_300_characters_long()
    {
        Assert.True(VariableName.TryParse(new string('A', 300), out _, out _));
        Assert.False(VariableName.TryParse(new string('A', 301), out _, out _));
    }

    [Theory]
    [Rule("CTX-22")]
    [InlineData("PATH")]
    [InlineData("LD_PRELOAD")]
    [InlineData("LD_LIBRARY_PATH")]
    [InlineData("BASH_ENV")]
    [InlineData("ENV")]
    [InlineData("IFS")]
    [InlineData("PROMPT_COMMAND")]
    [InlineData("GIT_SSH_COMMAND")]
    [InlineData("NODE_OPTIONS")]
    [InlineData("PYTHONSTARTUP")]
    [InlineData("CIRCLE_TOKEN")]
    public void Needs_an_override_for_a_name_that_changes_how_things_behave(string text)
    {
        var name = Some.Variable(text);

        Assert.True(name.IsGuarded);
        Assert.Contains("override", name.WhyGuarded, StringComparison.Ordinal);
    }

    [Theory]
    [Rule("CTX-22")]
    [InlineData("PATHS")]
    [InlineData("path")]
    [InlineData("MY_CIRCLE_TOKEN")]
    public void Needs_none_for_other_names(string text)
    {
        Assert.False(Some.Variable(text).IsGuarded);
        Assert.Null(Some.Variable(text).WhyGuarded);
    }
}
