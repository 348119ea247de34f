using Ringfence.Config.Expressions;

namespace Ringfence.Config.Tests.Expressions;

public sealed class ExpressionEvaluationTests
{
    private static readonly Variables Main = Variables.OfMain();

    [Theory]
    [Rule("CL-7.5", "CL-7.10", "CL-7.12", "CL-7.13", "CL-7.15")]
    [InlineData("not (pipeline.git.branch starts-with \"rel\")", "true")]
    [InlineData("pipeline.git.branch == \"main\" and 10 or 1", "10")]
    [InlineData("pipeline.number == \"5\"", "false")]
    [InlineData("pipeline.number >= 1 and true", "true")]
    [InlineData("pipeline.git.tag or \"none\"", "\"none\"")]
    [InlineData("pipeline.git.branch matches /ma/", "false")]
    [InlineData("!false and false or true", "true")]
    public void Agrees_with_the_vectors_of_the_specification(string text, string result) => Assert.Equal(result, Main.Evaluate(text));

    [Theory]
    [Rule("CL-7.4")]
    [InlineData("pipeline.parameters.deploy", "true")]
    [InlineData("pipeline.parameters.name contains \"lu\"", "true")]
    [InlineData("CIRCLE_BRANCH == \"main\"", "UnknownVariable at 0")]
    public void Knows_values_and_parameters_but_no_environment_variables(string text, string result) => Assert.Equal(result, Main.Evaluate(text));

    [Theory]
    [Rule("CL-7.1")]
    [InlineData("pipeline.git.branch == \"main\"", "true")]
    [InlineData("<< pipeline.git.branch >> == \"main\"", "ExpectedExpression at 0")]
    public void Takes_an_expression_without_delimiters(string text, string result) => Assert.Equal(result, Main.Evaluate(text));

    [Fact]
    [Rule("CL-7.2")]
    public void Takes_no_logic_statement_for_an_expression() =>
        Assert.Equal("UnexpectedCharacter at 2", Main.Evaluate("or: [pipeline.parameters.deploy, true]"));

    [Fact]
    [Rule("CL-7.3")]
    public void Compares_delimiters_inside_a_string_as_text() =>
        Assert.Equal("false", Main.Evaluate("pipeline.parameters.name == \"<< pipeline.parameters.name >>\""));

    [Theory]
    [Rule("CL-7.6")]
    [InlineData("not pipeline.git.branch == \"main\"", "false")]
    [InlineData("not pipeline.git.branch != \"main\"", "true")]
    [InlineData("not (pipeline.git.branch == \"dev\")", "true")]
    public void Negates_only_what_follows_at_once(string text, string result) => Assert.Equal(result, Main.Evaluate(text));

    [Theory]
    [Rule("CL-7.10")]
    [InlineData("1 == \"1\"", "false")]
    [InlineData("1 != \"1\"", "true")]
    [InlineData("true == \"true\"", "false")]
    [InlineData("0 == false", "false")]
    [InlineData("\"A\" == \"a\"", "false")]
    [InlineData("\"\u00e9\" == \"e\u0301\"", "false")]
    [InlineData("/a/ == /a/", "true")]
    [InlineData("/a/ == \"a\"", "false")]
    public void Never_takes_different_types_for_equal(string text, string result) => Assert.Equal(result, Main.Evaluate(text));

    [Theory]
    [Rule("CL-7.11")]
    [InlineData("pipeline.git.branch starts-with \"\"", "true")]
    [InlineData("pipeline.git.branch STARTS-WITH \"ma\"", "true")]
    [InlineData("\"MAIN\" starts-with \"ma\"", "false")]
    [InlineData("\"a\" starts-with 1", "ExpectedStringOperand at 4")]
    [InlineData("pipeline.number starts-with \"7\"", "ExpectedStringOperand at 16")]
    [InlineData("\"abc\" contains true", "ExpectedStringOperand at 6")]
    [InlineData("7 matches /7/", "ExpectedStringOperand at 2")]
    [InlineData("\"a\" matches \"a\"", "ExpectedPatternOperand at 4")]
    [InlineData("7 matches 7", "ExpectedPatternOperand at 2")]
    [InlineData("/a/ starts-with \"a\"", "ExpectedStringOperand at 4")]
    public void Searches_text_in_text_only(string text, string result) => Assert.Equal(result, Main.Evaluate(text));

    [Theory]
    [Rule("CL-7.12")]
    [InlineData("2 < 10", "true")]
    [InlineData("10 <= 10", "true")]
    [InlineData("9223372036854775807 > 0", "true")]
    [InlineData("pipeline.number >= 8", "false")]
    [InlineData("\"2\" < 10", "ExpectedNumericOperand at 4")]
    [InlineData("1 < 2 < 3", "ExpectedNumericOperand at 6")]
    [InlineData("true >= false", "ExpectedNumericOperand at 5")]
    public void Orders_numbers_only(string text, string result) => Assert.Equal(result, Main.Evaluate(text));

    [Theory]
    [Rule("CL-7.13")]
    [InlineData("false and nobody.knows", "false")]
    [InlineData("true or nobody.knows", "true")]
    [InlineData("true and nobody.knows", "UnknownVariable at 9")]
    [InlineData("pipeline.git.tag and nobody.knows", "undefined")]
    [InlineData("pipeline.git.branch and pipeline.number", "7")]
    [InlineData("pipeline.git.branch or pipeline.number", "\"main\"")]
    [InlineData("false or 1 < \"x\"", "ExpectedNumericOperand at 11")]
    [InlineData("0 or \"zero is no default\"", "0")]
    [InlineData("\"\" and 5", "5")]
    public void Stops_early_and_returns_an_operand(string text, string result) => Assert.Equal(result, Main.Evaluate(text));

    [Theory]
    [Rule("CL-7.14")]
    [InlineData("not pipeline.number", "false")]
    [InlineData("not 0", "false")]
    [InlineData("not \"\"", "false")]
    [InlineData("!pipeline.git.tag", "true")]
    [InlineData("NOT NOT \"x\"", "true")]
    public void Negates_to_a_boolean(string text, string result) => Assert.Equal(result, Main.Evaluate(text));

    [Theory]
    [Rule("CL-7.15")]
    [InlineData("pipeline.git.branch matches /main/", "true")]
    [InlineData("pipeline.git.branch matches /^main$/", "true")]
    [InlineData("pipeline.git.branch matches /m|main/", "true")]
    [InlineData("pipeline.git.branch matches /ai/", "false")]
    [InlineData("\"rel/1\" matches /rel\\/\\d+/", "true")]
    [InlineData("\"main\n\" matches /main/", "false")]
    [InlineData("pipeline.git.branch matches (/ma.*/)", "true")]
    public void Matches_whole_texts(string text, string result) => Assert.Equal(result, Main.Evaluate(text));

    [Theory]
    [Rule("CL-7.19")]
    [InlineData("pipeline.git.tag starts-with \"v\"")]
    [InlineData("pipeline.git.tag matches /v.*/")]
    [InlineData("pipeline.git.tag matches 5")]
    [InlineData("\"v1\" contains pipeline.git.tag")]
    [InlineData("pipeline.git.tag == pipeline.git.tag")]
    [InlineData("pipeline.git.tag != \"v1\"")]
    [InlineData("pipeline.git.tag < 3")]
    public void Gives_undefined_for_an_unset_operand(string text) => Assert.Equal("undefined", Main.Evaluate(text));

    [Fact]
    public void Keeps_the_name_but_not_the_value_of_a_variable_in_messages()
    {
        var variables = new Variables().With("secret", "hunter2");
        var error = ExpressionEvaluator.Evaluate(Expression.Parse("secret > 1", Limits.Default).Expression!, variables.LookUp).Error!;

        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }
}
