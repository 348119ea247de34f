using Ringfence.Config.Expressions;

namespace Ringfence.Config.Tests.Expressions;

[Rule("CL-7.17")]
public sealed class ContextRestrictionTests
{
    [Theory]
    [Rule("EXP-12")]
    [InlineData("main", false, "vcs", true)]
    [InlineData("main", true, "vcs", false)]
    [InlineData("main", false, "api/v2", false)]
    [InlineData("dev", false, "vcs", false)]
    public void Agrees_with_the_documented_example(string branch, bool ssh, string source, bool isAllowed)
    {
        var variables = new Variables().With("pipeline.git.branch", branch).With("job.ssh.enabled", ssh).With("pipeline.config_source", source);

        var result = Decide("pipeline.git.branch == \"main\" and not job.ssh.enabled and not (pipeline.config_source starts-with \"api\")", variables);

        Assert.Equal(isAllowed, result.IsAllowed);
        Assert.Null(result.Error);
    }

    [Theory]
    [Rule("EXP-4", "EXP-5", "EXP-6", "EXP-7", "EXP-8")]
    [InlineData("pipeline.git.branch == \"main\" or pipeline.git.tag == \"v1\"", true)]
    [InlineData("pipeline.git.tag == \"v1\" or pipeline.git.branch == \"main\"", false)]
    [InlineData("true or no.such", true)]
    [InlineData("false and no.such", false)]
    [InlineData("not no.such", false)]
    [InlineData("not (no.such == 1)", false)]
    [InlineData("pipeline.number != \"7\"", true)]
    [InlineData("not (pipeline.number > \"5\")", false)]
    [InlineData("not (pipeline.git.branch > 1)", false)]
    [InlineData("pipeline.number > 5 == true", true)]
    [InlineData("not pipeline.git.branch == \"dev\"", false)]
    [InlineData("0", true)]
    public void Fails_closed(string text, bool isAllowed) => Assert.Equal(isAllowed, Decide(text, Variables.OfMain()).IsAllowed);

    [Theory]
    [Rule("EXP-3")]
    [InlineData("pipeline.git.branch", true)]
    [InlineData("pipeline.config_source", true)]
    [InlineData("job.ssh.enabled", true)]
    [InlineData("pipeline.parameters.name", false)]
    [InlineData("pipeline.trigger_parameters.webhook.body", false)]
    [InlineData("pipeline.trigger_parameters.circleci.event_type", false)]
    [InlineData("pipeline.unheard_of", false)]
    [InlineData("job.name", false)]
    public void Reads_allowed_names_only(string name, bool isAllowed)
    {
        var everything = new Variables().With(name, "x");

        Assert.Equal(isAllowed, ContextRestriction.IsAllowedName(name));
        Assert.Equal(isAllowed, Decide($"{name} == \"x\"", everything).IsAllowed);
        Assert.Equal(isAllowed ? null : ExpressionErrorKind.UnknownVariable, Decide(name, everything).Error?.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("and")]
    [InlineData("(true")]
    [InlineData("99999999999999999999 > 1")]
    [InlineData("true or \"")]
    public void Denies_what_cannot_be_read(string text)
    {
        var result = Decide(text, Variables.OfMain());

        Assert.False(result.IsAllowed);
        Assert.NotNull(result.Error);
        Assert.StartsWith("The restriction cannot be evaluated: ", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Denies_beyond_the_limits()
    {
        var limits = Limits.Default with { ExpressionCharacters = 10, LogicDepth = 2 };

        Assert.Equal(ExpressionErrorKind.TooLong, ContextRestriction.Evaluate("true or true", Variables.OfMain().LookUp, limits).Error?.Kind);
        Assert.Equal(ExpressionErrorKind.TooDeep, ContextRestriction.Evaluate("(((true)))", Variables.OfMain().LookUp, limits).Error?.Kind);
    }

    private static ContextRestrictionResult Decide(string text, Variables variables) =>
        ContextRestriction.Evaluate(text, variables.LookUp, Limits.Default);
}
