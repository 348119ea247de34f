using Ringfence.Access.Expressions;
using Ringfence.Config.Expressions;

namespace Ringfence.Access.Tests.Expressions;

public sealed class RestrictionExpressionTests
{
    private const string Documented = "pipeline.git.branch == \"main\" and not job.ssh.enabled and not (pipeline.config_source starts-with \"api\")";

    [Theory]
    [Rule("EXP-12")]
    [InlineData("main", false, "vcs", true)]
    [InlineData("main", true, "vcs", false)]
    [InlineData("main", false, "api", false)]
    [InlineData("dev", false, "vcs", false)]
    public void Agrees_with_the_documented_example(string branch, bool ssh, string source, bool isAllowed)
    {
        var values = new RestrictionValues(Some.Main.With("pipeline.git.branch", ExpressionValue.String(branch)), ssh, source, IsFork: false);

        Assert.Equal(isAllowed, RestrictionExpression.Evaluate(Documented, values).IsAllowed);
        Assert.True(ExpressionCheck.Of(Documented).IsAccepted);
    }

    [Theory]
    [Rule("EXP-1")]
    [InlineData("not false and false", false)]
    [InlineData("not (false and false)", true)]
    [InlineData("1 == 1 == true", true)]
    [InlineData("2 == 2 == 2", false)]
    [InlineData("true or false and false", true)]
    [InlineData("\"ab\" starts-with \"a\" == true", true)]
    public void Binds_as_the_documentation_says(string text, bool isAllowed) => Assert.Equal(isAllowed, Decide(text));

    [Theory]
    [Rule("EXP-2")]
    [InlineData("9223372036854775807 > 1", true)]
    [InlineData("9223372036854775808 > 1", false)]
    [InlineData("\"\\\\\" == \"\\\\\"", true)]
    [InlineData("\"\\t\" == \"\\t\"", false)]
    [InlineData("(  \"\\n\" ) == \"a\"", false)]
    [InlineData("true or \"\\n\" == \"a\"", false)]
    [InlineData("\"(\\\\\" == (\"(\\\\\")", true)]
    [InlineData("\"open", false)]
    [InlineData("true true", false)]
    public void Reads_literals_as_the_documentation_says(string text, bool isAllowed) => Assert.Equal(isAllowed, Decide(text));

    [Theory]
    [Rule("EXP-4", "EXP-5")]
    [InlineData("not unknown.name", false)]
    [InlineData("false and unknown.name", false)]
    [InlineData("true or unknown.name", true)]
    [InlineData("not (pipeline.git.tag == \"v1\")", false)]
    [InlineData("pipeline.git.tag != \"v1\"", false)]
    public void Denies_when_a_value_is_missing(string text, bool isAllowed) => Assert.Equal(isAllowed, Decide(text));

    [Fact]
    [Rule("EXP-4")]
    public void An_empty_text_is_no_value()
    {
        var values = new RestrictionValues(Some.Main.With("pipeline.git.tag", ExpressionValue.String("")), false, "vcs", IsFork: false);

        Assert.False(RestrictionExpression.Evaluate("pipeline.git.tag == \"\"", values).IsAllowed);
        Assert.False(RestrictionExpression.Evaluate("not (pipeline.git.tag starts-with \"v\")", values).IsAllowed);
    }

    [Fact]
    [Rule("EXP-13")]
    public void The_branch_of_a_fork_is_no_value()
    {
        var values = new RestrictionValues(Some.Main, false, "vcs", IsFork: true);

        Assert.False(RestrictionExpression.Evaluate("pipeline.git.branch == \"main\"", values).IsAllowed);
        Assert.False(RestrictionExpression.Evaluate("pipeline.git.branch != \"dev\"", values).IsAllowed);
        Assert.True(RestrictionExpression.Evaluate("pipeline.number == 7", values).IsAllowed);
    }

    [Fact]
    [Rule("EXP-11")]
    public void The_source_of_the_config_is_not_what_the_pipeline_claims()
    {
        var values = new RestrictionValues(Some.Main.With("pipeline.config_source", ExpressionValue.String("vcs")), false, "api", IsFork: false);

        Assert.False(RestrictionExpression.Evaluate("pipeline.config_source == \"vcs\"", values).IsAllowed);
        Assert.False(RestrictionExpression.Evaluate("pipeline.config_source == \"vcs\"", values with { ConfigSource = null }).IsAllowed);
    }

    [Fact]
    [Rule("EXP-9")]
    public void A_pattern_takes_bounded_time()
    {
        var values = new RestrictionValues(Some.Main.With("pipeline.git.branch", ExpressionValue.String(new string('a', 50_000) + "b")), false, "vcs", IsFork: false);

        Assert.False(RestrictionExpression.Evaluate("pipeline.git.branch matches /(a+)+$/", values).IsAllowed);
    }

    private static bool Decide(string text) => RestrictionExpression.Evaluate(text, new RestrictionValues(Some.Main, false, "vcs", IsFork: false)).IsAllowed;
}
