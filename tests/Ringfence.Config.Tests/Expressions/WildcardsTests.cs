using System.Text.RegularExpressions;
using CsCheck;
using Ringfence.Config.Expressions;

namespace Ringfence.Config.Tests.Expressions;

public sealed class WildcardsTests
{
    private static readonly string[] PatternPieces = ["a", "b", "-", "/", "\\/", "\\.", "\\-", ".*", ".*", ".", ".+", "|", "^", "$", "(", ")", "v1", "ab"];

    private static readonly string[] TextPieces = ["a", "b", "-", "/", ".", "v1", "ab", "", "\n", "é", "\U0001F600", "$", "|"];

    [Theory]
    [InlineData(".*")]
    [InlineData("^release\\/.*$")]
    [InlineData("^(linux.*|macos.*|alpine)$")]
    [InlineData("main|develop")]
    [InlineData("^a.*b.*c$")]
    [InlineData("(a|b)c")]
    [InlineData("^x_(a|b.+|)/.*$")]
    [InlineData("^1.20.*-erlang-29.+$")]
    [InlineData("")]
    public void Takes_the_patterns_of_most_configs(string pattern) => Assert.NotNull(Wildcards.TryRead(pattern));

    [Theory]
    [InlineData("v[0-9]+")]
    [InlineData("a.?")]
    [InlineData("a.{2}")]
    [InlineData("a.*?")]
    [InlineData("a.+?")]
    [InlineData("a.*+")]
    [InlineData("(a)|(b)")]
    [InlineData("(a)*")]
    [InlineData("(a.)*")]
    [InlineData("a.(*|b)")]
    [InlineData("\\(-)")]
    [InlineData("(a\\)/")]
    [InlineData("a|(b|c)d")]
    [InlineData("((a)|b)")]
    [InlineData("a\\")]
    [InlineData("a\\d")]
    [InlineData("(?i)a")]
    [InlineData("a$b")]
    [InlineData("é")]
    public void Leaves_all_others_to_the_automaton(string pattern) => Assert.Null(Wildcards.TryRead(pattern));

    [Fact]
    public void Agrees_with_the_automaton() => Gen.Select(Gen.OneOf(PatternPieces).Array[0, 8], Gen.OneOf(TextPieces).Array[0, 8]).Sample(
        (patternPieces, textPieces) =>
        {
            var pattern = string.Concat(patternPieces);
            var text = string.Concat(textPieces);
            if (Wildcards.TryRead(pattern) is not { } wildcards || wildcards.TryMatch(text) is not { } matches)
                return true;
            var translated = PatternTranslator.Translate(pattern, out _);
            return translated is { } piece && matches == new Regex($@"\A(?:{piece.Text})\z", RegexOptions.CultureInvariant).IsMatch(text);
        }, iter: 40_000);
}
