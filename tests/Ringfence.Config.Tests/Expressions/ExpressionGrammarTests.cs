using Ringfence.Config.Expressions;

namespace Ringfence.Config.Tests.Expressions;

public sealed class ExpressionGrammarTests
{
    [Theory]
    [Rule("CL-7.5")]
    [InlineData("a or b and c", "a or (b and c)")]
    [InlineData("a and b == c", "a and (b == c)")]
    [InlineData("a == b starts-with c", "a == (b starts-with c)")]
    [InlineData("a != b contains c", "a != (b contains c)")]
    [InlineData("a matches b == c", "(a matches b) == c")]
    [InlineData("a starts-with b < c", "a starts-with (b < c)")]
    [InlineData("a == b > c", "a == (b > c)")]
    [InlineData("a < b == c >= d", "(a < b) == (c >= d)")]
    public void Binds_by_precedence(string text, string grouped) => Assert.Equal(Tree(grouped), Tree(text));

    [Theory]
    [Rule("CL-7.5")]
    [InlineData("a or b or c", "(a or b) or c")]
    [InlineData("a == b == c", "(a == b) == c")]
    [InlineData("a != b == c", "(a != b) == c")]
    [InlineData("a < b < c", "(a < b) < c")]
    [InlineData("a starts-with b matches c", "(a starts-with b) matches c")]
    public void Groups_operators_of_one_level_to_the_left(string text, string grouped) => Assert.Equal(Tree(grouped), Tree(text));

    [Theory]
    [Rule("CL-7.6")]
    [InlineData("not a and b", "(not a) and b")]
    [InlineData("not a == b", "(not a) == b")]
    [InlineData("!a < b", "(not a) < b")]
    [InlineData("not not a", "not (not a)")]
    [InlineData("!!a", "not (not a)")]
    public void Binds_not_tighter_than_every_operator(string text, string grouped) => Assert.Equal(Tree(grouped), Tree(text));

    [Theory]
    [Rule("CL-7.7")]
    [InlineData("0", "0")]
    [InlineData("007", "7")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"say \\\"hi\\\" \\\\ bye\"", "\"say \\\"hi\\\" \\\\ bye\"")]
    [InlineData("\"a\\nb\"", "\"a\\\\nb\"")]
    [InlineData("\"two\nlines 😀\"", "\"two\nlines 😀\"")]
    [InlineData("TRUE", "true")]
    [InlineData("FALSE", "false")]
    [InlineData("a MATCHES /x\\/y/", "a matches /x\\/y/")]
    public void Reads_literals(string text, string canonical) => Assert.Equal(canonical, Parsed(text).ToString());

    [Theory]
    [Rule("CL-7.7")]
    [InlineData("1.5", ExpressionErrorKind.UnexpectedCharacter, 1, ".")]
    [InlineData("-1", ExpressionErrorKind.UnexpectedCharacter, 0, "-")]
    [InlineData("'text'", ExpressionErrorKind.UnexpectedCharacter, 0, "'")]
    [InlineData("[1, 2]", ExpressionErrorKind.UnexpectedCharacter, 0, "[")]
    [InlineData("a == 😀", ExpressionErrorKind.UnexpectedCharacter, 5, "😀")]
    [InlineData("9223372036854775808", ExpressionErrorKind.InvalidNumericLiteral, 0, "9")]
    [InlineData("a == \"b", ExpressionErrorKind.UnterminatedString, 5, "\"")]
    [InlineData("\"b\\\"", ExpressionErrorKind.UnterminatedString, 0, "\"")]
    [InlineData("a matches /b", ExpressionErrorKind.UnterminatedPattern, 10, "/")]
    [InlineData("a matches /b\\/", ExpressionErrorKind.UnterminatedPattern, 10, "/")]
    [InlineData("a matches /ł/", ExpressionErrorKind.InvalidPatternCharacter, 11, "ł")]
    [InlineData("a matches /\\x41/", ExpressionErrorKind.InvalidPatternCharacter, 11, "\\")]
    [InlineData("a matches /b\\u0041/", ExpressionErrorKind.InvalidPatternCharacter, 12, "\\")]
    [InlineData("a matches /(/", ExpressionErrorKind.InvalidPattern, 10, "/")]
    [InlineData("a = b", ExpressionErrorKind.IncompleteEquals, 3, " ")]
    [InlineData("a =", ExpressionErrorKind.IncompleteEquals, 3, "\0")]
    public void Refuses_what_is_no_word(string text, ExpressionErrorKind kind, int start, string lexeme) =>
        AssertError(text, kind, start, lexeme);

    [Fact]
    [Rule("CL-7.7")]
    public void Has_no_null_literal() => Assert.IsType<Expression.Variable>(Parsed("null"));

    [Theory]
    [Rule("CL-7.7")]
    [InlineData(256, 'a', true)]
    [InlineData(257, 'a', false)]
    [InlineData(128, 'é', true)]
    [InlineData(129, 'é', false)]
    public void Takes_patterns_of_at_most_256_bytes(int length, char c, bool isAllowed)
    {
        var error = Expression.Parse($"a matches /{new string(c, length)}/", Limits.Default).Error;

        Assert.Equal(isAllowed ? null : ExpressionErrorKind.PatternTooLong, error?.Kind);
    }

    [Theory]
    [Rule("CL-4.9", "CL-7.8")]
    [InlineData("a")]
    [InlineData("a-b")]
    [InlineData("pipeline.parameters.My_Param-2")]
    [InlineData("a?")]
    [InlineData("a.1")]
    [InlineData("Or")]
    [InlineData("or.else")]
    [InlineData("starts_with")]
    public void Takes_a_dotted_name_for_one_variable(string name)
    {
        Assert.Equal(name, Assert.IsType<Expression.Variable>(Parsed(name)).Name);
        Assert.True(Expression.IsVariableName(name));
    }

    [Theory]
    [Rule("CL-4.9", "CL-7.8")]
    [InlineData("a..b", 1)]
    [InlineData("a.", 1)]
    [InlineData(".a", 0)]
    [InlineData("_a", 0)]
    [InlineData("-a", 0)]
    [InlineData("é", 0)]
    public void Refuses_names_that_break_the_rule(string name, int place)
    {
        Assert.Equal(place, Expression.Parse(name, Limits.Default).Error?.Start);
        Assert.False(Expression.IsVariableName(name));
    }

    [Theory]
    [Rule("CL-4.9")]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("and")]
    [InlineData("STARTS-WITH")]
    [InlineData("true")]
    [InlineData("a b")]
    public void Says_which_texts_are_no_names(string name) => Assert.False(Expression.IsVariableName(name));

    [Theory]
    [Rule("CL-7.9")]
    [InlineData("a\n  and\r\n\tb\n")]
    [InlineData("\n a and b")]
    [InlineData("(a)and(b)")]
    public void Takes_line_breaks_for_space(string text) => Assert.Equal("a and b", Parsed(text).ToString());

    [Theory]
    [Rule("CL-7.9")]
    [InlineData("a\u00A0== b")]
    [InlineData("a\f== b")]
    public void Takes_no_other_character_for_space(string text) =>
        AssertError(text, ExpressionErrorKind.UnexpectedCharacter, 1, text[1..2]);

    [Theory]
    [InlineData("", ExpressionErrorKind.ExpectedExpression, 0, "")]
    [InlineData("()", ExpressionErrorKind.ExpectedExpression, 1, ")")]
    [InlineData("a == ", ExpressionErrorKind.ExpectedExpression, 5, "")]
    [InlineData("a == == b", ExpressionErrorKind.ExpectedExpression, 5, "==")]
    [InlineData("<< a >>", ExpressionErrorKind.ExpectedExpression, 0, "<")]
    [InlineData("(a or b", ExpressionErrorKind.ExpectedRightParen, 7, "")]
    [InlineData("a b", ExpressionErrorKind.UnexpectedAdditionalInput, 2, "b")]
    [InlineData("a \"b\"", ExpressionErrorKind.UnexpectedAdditionalInput, 2, "\"b\"")]
    [InlineData("a begins-with b", ExpressionErrorKind.UnknownBuiltinFunction, 2, "begins-with")]
    [InlineData("a And b", ExpressionErrorKind.UnknownBuiltinFunction, 2, "And")]
    [InlineData("a And (", ExpressionErrorKind.UnexpectedAdditionalInput, 2, "And")]
    public void Refuses_what_is_no_sentence(string text, ExpressionErrorKind kind, int start, string lexeme) =>
        AssertError(text, kind, start, lexeme);

    [Theory]
    [InlineData("a && b", "write and")]
    [InlineData("'b'", "put text in double quotes")]
    [InlineData("$BRANCH", "environment variables cannot be used; use pipeline values and parameters")]
    [InlineData("a = b", "write == to compare")]
    public void Says_what_to_write_instead(string text, string hint) =>
        Assert.Equal(hint, Expression.Parse(text, Limits.Default).Error?.Hint);

    [Fact]
    public void Knows_the_place_of_every_part()
    {
        const string Text = "not (a == \"b\") AND c";
        var and = Assert.IsType<Expression.Binary>(Parsed(Text));
        var not = Assert.IsType<Expression.Not>(and.Left);

        Assert.Equal(Text, Part(and));
        Assert.Equal("not (a == \"b\")", Part(not));
        Assert.Equal("(a == \"b\")", Part(not.Operand));
        Assert.Equal((15, "AND"), (and.OperatorStart, and.OperatorLexeme));

        static string Part(Expression e) => Text.Substring(e.Start, e.Length);
    }

    [Fact]
    public void Lists_the_variables_in_order() =>
        Assert.Equal(["b", "a", "c", "a"], Parsed("b and not a or (c == a)").Variables().Select(v => v.Name));

    private static Expression Parsed(string text)
    {
        var result = Expression.Parse(text, Limits.Default);
        Assert.Null(result.Error);
        return result.Expression!;
    }

    private static string Tree(string text) => ExpressionTree.Show(Parsed(text));

    private static void AssertError(string text, ExpressionErrorKind kind, int start, string lexeme)
    {
        var error = Expression.Parse(text, Limits.Default).Error;

        Assert.NotNull(error);
        Assert.Equal((kind, start, lexeme), (error.Kind, error.Start, error.Lexeme));
        Assert.InRange(error.Start + error.Length, 0, text.Length);
    }
}
