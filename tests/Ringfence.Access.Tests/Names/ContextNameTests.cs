using Ringfence.Access.Names;

namespace Ringfence.Access.Tests.Names;

[Rule("CTX-1")]
public sealed class ContextNameTests
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("a\nb")]
    [InlineData("a\vb")]
    [InlineData("a\fb")]
    [InlineData("a\rb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    [InlineData("a\u2029b")]
    [InlineData("a\u001b[2Jb")]
    public void Refuses_what_cannot_be_shown_on_a_line(string text)
    {
        Assert.False(ContextName.TryParse(text, out var name, out var whyNot));
        Assert.Null(name);
        Assert.EndsWith(".", whyNot, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("ünïcode")]
    [InlineData("org-global")]
    public void Takes_any_other_text(string text) => Assert.True(ContextName.TryParse(text, out _, out _));

    [Theory]
    [InlineData("re\u200blease")]
    [InlineData("re\u200dlease")]
    [InlineData("release\u2060")]
    [InlineData("\u202eesaeler")]
    [InlineData("re\u2066lease")]
    [InlineData("re\u00adlease")]
    [InlineData("release\ufe0f")]
    [InlineData("release\u3164")]
    [InlineData("release\ufeff")]
    [InlineData("release\U000e0061")]
    public void No_new_one_has_characters_that_nobody_sees(string text)
    {
        Assert.True(ContextName.TryParse(text, out var name, out _));
        Assert.Matches(@"^The name of a context holds the character U\+[0-9A-F]{4,5}, which nobody sees.*\.$", ContextName.WhyNotNew(name));
    }

    [Theory]
    [InlineData("ünïcode")]
    [InlineData("привет мир")]
    [InlineData("リリース")]
    [InlineData("go 🚀")]
    public void A_new_one_has_any_others(string text)
    {
        Assert.True(ContextName.TryParse(text, out var name, out _));
        Assert.Null(ContextName.WhyNotNew(name));
    }

    [Theory]
    [InlineData("a", 200, true)]
    [InlineData("a", 201, false)]
    [InlineData("😀", 200, true)]
    [InlineData("😀", 201, false)]
    public void Is_at_most_200_characters_long(string character, int count, bool isTaken) =>
        Assert.Equal(isTaken, ContextName.TryParse(string.Concat(Enumerable.Repeat(character, count)), out _, out _));
}
