using Ringfence.Config.Expressions;

namespace Ringfence.Config.Tests.Expressions;

public sealed class ExpressionValueTests
{
    [Fact]
    [Rule("CL-6.5", "CL-6.7")]
    public void Writes_itself_into_text() => Assert.Equal(
        ["<nil>", "true", "false", "-5", "as it \"is\""],
        new[]
        {
            ExpressionValue.Undefined, ExpressionValue.Boolean(true), ExpressionValue.Boolean(false), ExpressionValue.Integer(-5),
            ExpressionValue.String("as it \"is\""),
        }.Select(v => v.ToString()));

    [Fact]
    [Rule("CL-7.10")]
    public void Differs_when_the_type_differs()
    {
        ExpressionValue[] values =
        [
            ExpressionValue.Undefined, ExpressionValue.Boolean(false), ExpressionValue.Boolean(true), ExpressionValue.Integer(0),
            ExpressionValue.Integer(1), ExpressionValue.String(""), ExpressionValue.String("1"), ExpressionValue.String("true"),
        ];

        Assert.Equal(values.Length, values.Distinct().Count());
    }

    [Fact]
    [Rule("CL-8.6")]
    public void Has_two_kinds_of_truth()
    {
        Assert.False(ExpressionValue.Integer(0).IsTruthy);
        Assert.True(ExpressionValue.Integer(0).IsTrueInExpression);
        Assert.False(ExpressionValue.String("").IsTruthy);
        Assert.True(ExpressionValue.String("").IsTrueInExpression);
        Assert.False(ExpressionValue.Undefined.IsTruthy || ExpressionValue.Undefined.IsTrueInExpression);
    }

    [Fact]
    public void Gives_its_content_by_type_only()
    {
        Assert.True(ExpressionValue.Integer(7).TryGetInteger(out var number));
        Assert.Equal(7, number);
        Assert.False(ExpressionValue.Integer(7).TryGetString(out _));
        Assert.False(ExpressionValue.Boolean(true).TryGetInteger(out _));
        Assert.True(ExpressionValue.String("x").TryGetString(out var text));
        Assert.Equal("x", text);
    }
}
