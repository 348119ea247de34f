using Ringfence.Config.Expressions;

namespace Ringfence.Config.Tests.Expressions;

[Rule("CL-16.28")]
public sealed class LinearRegexTests
{
    [Theory]
    [Rule("CL-7.15", "CL-16.21")]
    [InlineData("config-test", "config-test", "config-test2")]
    [InlineData("^config-test", "config-test", "config-testing")]
    [InlineData("^config-test$", "config-test", "config-test\n")]
    [InlineData("v|v1", "v1", "v12")]
    [InlineData("", "", "a")]
    [InlineData(".*", "anything / at all", "two\nlines")]
    [InlineData("(?s).*", "two\nlines", null)]
    [InlineData("v[0-9]+(\\.[0-9]+)*", "v1.22.3", "v1.")]
    [InlineData("a^b|c", "c", "ab")]
    public void Matches_the_whole_text(string pattern, string match, string? other) => AssertMatches(pattern, match, other);

    [Theory]
    [InlineData("x{2}", "xx", "xxx")]
    [InlineData("x{2,}", "xxxx", "x")]
    [InlineData("x{2,3}y", "xxxy", "xxxxy")]
    [InlineData("x{0}y", "y", "xy")]
    [InlineData("x{,2}", "x{,2}", "xx")]
    [InlineData("x{02}", "x{02}", "xx")]
    [InlineData("x{2", "x{2", "xx")]
    [InlineData("{a}", "{a}", "a")]
    [InlineData("a]}", "a]}", "a")]
    [InlineData("a+?b??", "aa", "bb")]
    [InlineData("(?U)a+", "aaa", "")]
    [InlineData("(ab?)*", "aaba", "bb")]
    [InlineData("^*$+", "", "a")]
    [InlineData("a(?i)*", "aa", "AA")]
    [InlineData("a\\Q\\E*", "aaa", "b")]
    public void Repeats_as_RE2_does(string pattern, string match, string other) => AssertMatches(pattern, match, other);

    [Theory]
    [InlineData("\\d+", "0123456789", "١")]
    [InlineData("\\D", "١", "1")]
    [InlineData("\\w+", "az_AZ09", "é")]
    [InlineData("\\W", "é", "a")]
    [InlineData("\\s+", " \t\n\f\r", "\v")]
    [InlineData("\\S", "\u00A0", " ")]
    [InlineData("[\\d-z]+", "5-z", "a")]
    [InlineData("[\\W\\d]+", "1-", "a")]
    [InlineData("[^\\d\\s]", "a", "1")]
    [InlineData("[[:alpha:]]+", "abC", "a1")]
    [InlineData("[[:^alpha:]]", "1", "a")]
    [InlineData("[[:digit:][:upper:]]+", "A1", "a")]
    [InlineData("[[:space:]]", "\v", "a")]
    [InlineData("[[:xdigit:][:punct:]]+", "f!F", "g")]
    [InlineData("[:alpha:]+", "lap:", "x")]
    [InlineData("[[:]", "[", "a")]
    [InlineData("[]a]+", "]a", "b")]
    [InlineData("[^]a]", "b", "]")]
    [InlineData("[^a]", "\n", "a")]
    [InlineData("[a-]+", "-a", "b")]
    [InlineData("[a-b-c]+", "-c", "d")]
    [InlineData("[a\\-c]+", "-c", "b")]
    [InlineData("[\\]\\[\\\\]+", "][\\", "a")]
    [InlineData("[.*]+", "*.", "a")]
    [InlineData("[\\x41-\\x{43}]", "B", "D")]
    public void Knows_the_classes_of_RE2(string pattern, string match, string other) => AssertMatches(pattern, match, other);

    [Theory]
    [InlineData("\\pL+", "aé中", "1")]
    [InlineData("\\p{Lu}", "Å", "å")]
    [InlineData("\\PN", "a", "1")]
    [InlineData("\\p{^N}", "a", "½")]
    [InlineData("\\P{^Nd}", "١", "a")]
    [InlineData("[\\p{Lu}\\d]+", "A1", "a")]
    [InlineData("[^\\pL]", "1", "ü")]
    [InlineData("\\p{Any}", "\n", "ab")]
    [InlineData(".", "😀", "😀😀")]
    [InlineData("..", "😀é", "😀")]
    [InlineData("[😀-😂]", "😁", "😃")]
    [InlineData("[^a]", "😀", "a")]
    [InlineData("\\x{1F600}?x", "😀x", "😁x")]
    [InlineData("[\\x{FFFF}-\\x{103FF}]", "\U00010000", "\U00010400")]
    [InlineData("[\\x{103FE}-\\x{10C01}]", "\U00010800", "\U00010C02")]
    [InlineData("\\p{So}", "☃", "😀")]
    public void Counts_code_points(string pattern, string match, string other) => AssertMatches(pattern, match, other);

    [Theory]
    [InlineData("(?i)abc", "aBC", "ab")]
    [InlineData("(?i:a)b", "Ab", "AB")]
    [InlineData("a(?i)b|c", "C", "AB")]
    [InlineData("(a(?i)b)c", "aBc", "aBC")]
    [InlineData("(?i)a(?-i)b", "Ab", "AB")]
    [InlineData("(?i)[^a]", "b", "A")]
    [InlineData("(?i)[b-d]+", "BcD", "E")]
    [InlineData("(?i)k", "\u212A", "l")]
    [InlineData("(?i)ſ", "s", "f")]
    [InlineData("(?i)\\w", "\u212A", "é")]
    [InlineData("(?i)É", "é", "e")]
    [InlineData("(?i)σ", "ς", "s")]
    [InlineData("(?i)i", "I", "İ")]
    [InlineData("(?i)\\p{Lu}", "a", "1")]
    [InlineData("(?i)\\.x\\*", ".X*", "ax*")]
    [InlineData("(?i-s:.)", "a", "\n")]
    [InlineData("(?m)^a$\\n^b$", "a\nb", "ab")]
    [InlineData("a$\\nb|c", "c", "a\nb")]
    [InlineData("(?ims)A.b", "a\nB", "ab")]
    public void Obeys_flags_as_RE2_does(string pattern, string match, string other) => AssertMatches(pattern, match, other);

    [Theory]
    [InlineData("\\Qa.b*\\E+", "a.b**", "aab")]
    [InlineData("\\Q(", "(", "")]
    [InlineData("\\Aab\\z", "ab", "b")]
    [InlineData("\\bfoo\\b", "foo", "foo ")]
    [InlineData("a\\Bb", "ab", "a b")]
    [InlineData("\\101\\12\\0\\07", "A\n\0\a", "A")]
    [InlineData("\\a\\f\\t\\n\\r\\v", "\a\f\t\n\r\v", "")]
    [InlineData("\\-\\_\\/\\#\\ \\\"\\\\", "-_/# \"\\", "-")]
    [InlineData("(?P<name>a)(?<other>b)(c)", "abc", "ab")]
    [InlineData("(|a)()(?:)", "a", "b")]
    [InlineData("(?)a", "a", "b")]
    [InlineData("a#b c", "a#b c", "a")]
    public void Reads_escapes_and_groups(string pattern, string match, string other) => AssertMatches(pattern, match, other);

    [Theory]
    [InlineData("(?=a)", "lookaround is not supported")]
    [InlineData("a(?!b)", "lookaround is not supported")]
    [InlineData("(?<=a)b", "lookaround is not supported")]
    [InlineData("(?<!a)b", "lookaround is not supported")]
    [InlineData("(a)\\1", "\\1 is not supported")]
    [InlineData("(?P<n>a)(?P=n)", "backreferences are not supported")]
    [InlineData("\\k<n>", "\\k is not supported")]
    [InlineData("a*+", "+ follows another repetition")]
    [InlineData("a++", "+ follows another repetition")]
    [InlineData("a**", "* follows another repetition")]
    [InlineData("a*??", "? follows another repetition")]
    [InlineData("a{2}*", "* follows another repetition")]
    [InlineData("(?>a)", "atomic groups are not supported")]
    [InlineData("(?#note)", "comments are not supported")]
    [InlineData("(?|a)", "what follows (? is not supported")]
    [InlineData("(?x)a", "what follows (? is not supported")]
    [InlineData("(?i-)", "what follows (? is not supported")]
    [InlineData("(?--i)", "what follows (? is not supported")]
    [InlineData("(?i", "what follows (? is not supported")]
    [InlineData("*a", "* repeats nothing")]
    [InlineData("(+)", "+ repeats nothing")]
    [InlineData("a|?", "? repeats nothing")]
    [InlineData("{2}", "{2} repeats nothing")]
    [InlineData("(?i)*", "* repeats nothing")]
    [InlineData("\\Q\\E*", "* repeats nothing")]
    [InlineData("x{3,2}", "the counts of {3,2} are not in order")]
    [InlineData("(a", "a parenthesis ( is not closed")]
    [InlineData("a)", "a parenthesis ) closes nothing")]
    [InlineData("[a", "a bracket [ is not closed")]
    [InlineData("[]", "a bracket [ is not closed")]
    [InlineData("[[:alpha:]", "a bracket [ is not closed")]
    [InlineData("[z-a]", "the range z-a runs backwards")]
    [InlineData("[a-\\d]", "\\d is not supported")]
    [InlineData("[\\b]", "\\b is not supported")]
    [InlineData("[[:nope:]]", "there is no class [:nope:]")]
    [InlineData("\\p{Nope}", "there is no class \\p{Nope}")]
    [InlineData("\\p{Lu", "the class \\p{Lu is not closed")]
    [InlineData("\\p", "there is no class \\p")]
    [InlineData("\\p{}", "there is no class \\p{}")]
    [InlineData("a\\", "it ends with a backslash")]
    [InlineData("\\Z", "\\Z is not supported")]
    [InlineData("\\C", "\\C is not supported")]
    [InlineData("\\u0041", "\\u is not supported")]
    [InlineData("\\E", "\\E is not supported")]
    [InlineData("\\8", "\\8 is not supported")]
    [InlineData("\\x4", "\\x needs two hexadecimal digits, or a code point in braces")]
    [InlineData("\\x{}", "\\x needs two hexadecimal digits, or a code point in braces")]
    [InlineData("\\x{110000}", "\\x needs two hexadecimal digits, or a code point in braces")]
    [InlineData("\\x{41", "\\x needs two hexadecimal digits, or a code point in braces")]
    [InlineData("(?P<a-b>c)", "the name of a group is not valid")]
    [InlineData("(?P<>c)", "the name of a group is not valid")]
    [InlineData("(?P<a", "the name of a group is not valid")]
    [InlineData("(?P<a>b)(?<a>c)", "two groups have the name a")]
    public void Refuses_with_a_reason(string pattern, string reason)
    {
        Assert.Null(LinearRegex.Compile(pattern, out var error));
        Assert.Equal(reason, error?.Reason);
        Assert.InRange(error!.Start, 0, pattern.Length);
    }

    [Theory]
    [InlineData("x{1000}", true)]
    [InlineData("x{1001}", false)]
    [InlineData("x{99999999999}", false)]
    [InlineData("(x{100}){10}", true)]
    [InlineData("(x{100}){11}", false)]
    [InlineData("((x{10}y){10}){11}", false)]
    [InlineData("((x{500})*){3}", false)]
    [InlineData("(x{2,}){500}", true)]
    [InlineData("(x{2,}){501}", false)]
    [InlineData("(x{0,}){1000}", true)]
    [InlineData("(x{0}){1000}", true)]
    public void Counts_to_a_thousand(string pattern, bool isAllowed) => Assert.Equal(isAllowed, LinearRegex.Compile(pattern, out _) is not null);

    [Fact]
    public void Refuses_what_would_grow_too_large()
    {
        Assert.Null(LinearRegex.Compile("(a?){1000}a{1000}b{1000}", out var error));
        Assert.Equal("it needs too many states", error?.Reason);
    }

    [Fact]
    public void Refuses_long_and_deep_patterns()
    {
        Assert.Null(LinearRegex.Compile(new string('a', LinearRegex.LongestPattern + 1), out var tooLong));
        Assert.Equal("it is longer than 2048 characters", tooLong?.Reason);
        Assert.Null(LinearRegex.Compile(new string('(', 1000) + new string(')', 1000), out var tooDeep));
        Assert.Equal("groups are nested deeper than 200 levels", tooDeep?.Reason);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Refuses_too_many_different_characters(int count, bool isAllowed)
    {
        var pattern = string.Concat(Enumerable.Range(0x4E00, count).Select(c => (char)c));

        Assert.Equal(isAllowed, LinearRegex.Compile(pattern + pattern, out _)?.IsMatch(pattern + pattern) ?? false);
    }

    [Fact]
    public void Says_reason_and_hint_in_one_line()
    {
        Assert.False(LinearRegex.TryCompile("(?=v)", out _, out var whyNot));
        Assert.StartsWith("lookaround is not supported; it cannot be matched in linear time", whyNot, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(a+)+")]
    [InlineData("(a|a)*")]
    [InlineData("(a|b|ab)*c")]
    public void Needs_no_more_than_linear_time(string pattern)
    {
        Assert.True(LinearRegex.TryCompile(pattern, out var regex, out _));
        Assert.False(regex.IsMatch(new string('a', 200_000) + "!"));
    }

    private static void AssertMatches(string pattern, string match, string? other)
    {
        Assert.True(LinearRegex.TryCompile(pattern, out var regex, out var whyNot), whyNot);
        Assert.True(regex.IsMatch(match), $"/{pattern}/ must match");
        if (other is not null)
            Assert.False(regex.IsMatch(other), $"/{pattern}/ must not match");
    }
}
