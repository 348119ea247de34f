using CsCheck;
using Ringfence.Config.Expressions;

namespace Ringfence.Config.Tests.Expressions;

public sealed class ExpressionPropertyTests
{
    private static readonly string[] Fragments =
    [
        "a", "b.c", "not", "!", "and", "or", "==", "!=", "<", ">=", "=", "(", ")", "\"", "\\", "/", "/x*/", "[a-", "(?", "{3}", "starts-with", "matches",
        "contains", "1", "9223372036854775808", "true", "\"s\"", " ", "\n", ".", "-", "é", "😀", "\uD83D", "\0", "<<", "|", "*",
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(Gen.String, Gen.OneOf(Fragments).Array[0, 30].Select(string.Concat));

    private static readonly Gen<ExpressionValue> Values = Gen.OneOf(
        Gen.Const(ExpressionValue.Undefined),
        Gen.Bool.Select(ExpressionValue.Boolean),
        Gen.Long.Select(ExpressionValue.Integer),
        Gen.String.Select(ExpressionValue.String));

    private static readonly Gen<Expression> Leaves = Gen.OneOf<Expression>(
        Gen.OneOf("a", "b.c", "pipeline.git.branch", "x-y_z?", "Or").Select(name => (Expression)new Expression.Variable(name)),
        Gen.Long[0, long.MaxValue].Select(n => (Expression)new Expression.Literal(ExpressionValue.Integer(n))),
        Gen.String.Select(s => (Expression)new Expression.Literal(ExpressionValue.String(s))),
        Gen.OneOf("x*", "a/b", "[/]", "\\/", "\\.", "\\pL\\\\y").Select(p => (Expression)new Expression.Literal(PatternOf(p))),
        Gen.Bool.Select(b => (Expression)new Expression.Literal(ExpressionValue.Boolean(b))));

    private static readonly Gen<Expression> Expressions = Gen.Recursive<Expression>((depth, inner) => depth > 6 ? Leaves : Gen.Frequency(
        (2, Leaves),
        (1, inner.Select(e => (Expression)new Expression.Not(e))),
        (4, Gen.Select(Gen.Enum<ExpressionOperator>(), inner, inner, (op, left, right) => (Expression)new Expression.Binary(op, left, right)))));

    private static readonly Limits Generous = Limits.Default with { ExpressionCharacters = 10_000_000, LogicDepth = 1000 };

    [Fact]
    public void Parses_or_refuses_any_text() => Texts.Sample(text =>
    {
        var result = Expression.Parse(text, Limits.Default);
        return result.Error is not { } error || (error.Start >= 0 && error.Start + error.Length <= text.Length && error.Message.Length > 0);
    });

    [Fact]
    public void Compiles_or_refuses_any_pattern() => Texts.Sample(pattern =>
    {
        var regex = LinearRegex.Compile(pattern, out var error);
        return regex is null ? error is not null : regex.IsMatch(pattern) || !regex.IsMatch(pattern);
    });

    [Fact]
    public void Prints_what_parses_to_the_same_tree() => Expressions.Sample(expression =>
    {
        var again = Expression.Parse(expression.ToString(), Generous).Expression;
        return again is not null && ExpressionTree.Show(again) == ExpressionTree.Show(expression) && again.ToString() == expression.ToString();
    });

    [Fact]
    public void Prints_parsed_texts_in_a_stable_form() => Texts.Sample(text =>
        Expression.Parse(text, Limits.Default).Expression is not { } parsed
        || Expression.Parse(parsed.ToString(), Generous).Expression?.ToString() == parsed.ToString());

    [Fact]
    public void Evaluates_or_refuses_any_expression() => Gen.Select(Expressions, Values, Values, Gen.Enum<ExpressionMode>()).Sample((expression, a, b, mode) =>
    {
        var result = ExpressionEvaluator.Evaluate(expression, LookUp, mode);
        return result.Error is null || result.Value.IsUndefined;

        bool LookUp(string name, out ExpressionValue value)
        {
            value = name == "a" ? a : b;
            return name != "Or";
        }
    });

    [Fact]
    [Rule("CL-7.17")]
    public void Never_allows_where_evaluation_fails() => Gen.Select(Expressions, Values).Sample((expression, branch) =>
    {
        var text = expression.ToString();
        var result = ContextRestriction.Evaluate(text, LookUp, Generous);
        return !result.IsAllowed || result.Error is null;

        bool LookUp(string name, out ExpressionValue value)
        {
            value = branch;
            return true;
        }
    });

    [Theory]
    [InlineData("(", ")")]
    [InlineData("not ", "")]
    [InlineData("(!", ")")]
    public void Refuses_deep_nesting_with_a_clear_error(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 100_000)) + "a" + string.Concat(Enumerable.Repeat(close, 100_000));
        var unboundedText = Limits.Default with { ExpressionCharacters = int.MaxValue };

        Assert.Equal(ExpressionErrorKind.TooLong, Expression.Parse(text, Limits.Default).Error?.Kind);
        Assert.Equal(ExpressionErrorKind.TooDeep, Expression.Parse(text, unboundedText).Error?.Kind);
    }

    [Fact]
    [Rule("CL-8.4")]
    public void Takes_a_hundred_levels()
    {
        Assert.Null(Expression.Parse(Nested(100), Limits.Default).Error);
        Assert.Equal(100, Expression.Parse(Nested(101), Limits.Default).Error?.Start);

        static string Nested(int depth) => new string('(', depth) + "a" + new string(')', depth);
    }

    [Theory]
    [InlineData(" or a", "false")]
    [InlineData(" == a", "undefined")]
    public void Takes_chains_of_any_length(string link, string result)
    {
        var text = "a" + string.Concat(Enumerable.Repeat(link, 100_000));
        var parsed = Expression.Parse(text, Generous).Expression!;
        var value = result == "false" ? ExpressionValue.Boolean(false) : ExpressionValue.Undefined;

        Assert.Equal(value, ExpressionEvaluator.Evaluate(parsed, LookUp).Value);
        Assert.Equal(text, parsed.ToString());
        Assert.Equal(100_001, parsed.Variables().Length);

        bool LookUp(string name, out ExpressionValue found)
        {
            found = value;
            return true;
        }
    }

    private static ExpressionValue PatternOf(string pattern) => ExpressionValue.Pattern(LinearRegex.Compile(pattern, out _)!);
}
