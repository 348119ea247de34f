using Ringfence.Config.Expressions;
using Ringfence.Config.Values;

namespace Ringfence.Config.Tests.Expressions;

/// <summary>Where a field of a config and a restriction on a context part ways.</summary>
public sealed class ExpressionModeTests
{
    [Theory]
    [Rule("CL-7.16", "CL-7.17")]
    [InlineData("false", false, false)]
    [InlineData("0", true, true)]
    [InlineData("\"\"", true, true)]
    [InlineData("1", true, true)]
    [InlineData("\"false\"", true, true)]
    [InlineData("\" \"", true, true)]
    [InlineData("/x/", true, true)]
    [InlineData("pipeline.git.branch", true, true)]
    [InlineData("pipeline.git.branch or pipeline.git.tag", true, true)]
    [InlineData("pipeline.git.tag", false, false)]
    [InlineData("not pipeline.git.tag", true, false)]
    [InlineData("pipeline.git.tag or true", true, false)]
    [InlineData("not (pipeline.git.tag starts-with \"v\")", true, false)]
    [InlineData("pipeline.parameters.deploy", true, false)]
    public void Decides_by_the_rules_of_the_place(string text, bool inField, bool inRestriction)
    {
        var variables = Variables.OfMain();
        var result = ExpressionEvaluator.Evaluate(Expression.Parse(text, Limits.Default).Expression!, variables.LookUp);

        Assert.Equal((inField, inRestriction), (result.Value.IsTrueInExpression, ContextRestriction.Evaluate(text, variables.LookUp, Limits.Default).IsAllowed));
    }

    [Theory]
    [Rule("CL-7.19")]
    [InlineData(ExpressionMode.ConfigField, "undefined")]
    [InlineData(ExpressionMode.ContextRestriction, "UnsetVariable at 0")]
    public void Takes_an_unset_left_side_as_the_place_says(ExpressionMode mode, string result) =>
        Assert.Equal(result, Variables.OfMain().Evaluate("pipeline.git.tag starts-with \"v\"", mode));

    [Theory]
    [Rule("CL-7.18", "CL-16.6")]
    [InlineData("pipeline.event.github.pull_request.draft == false", ExpressionErrorKind.UnknownVariable)]
    [InlineData("pipeline.event.name == \"pull_request\" and pipeline.event.github.pull_request.draft == false", null)]
    public void Refuses_an_unset_value_of_an_event_unless_guarded(string text, ExpressionErrorKind? kind)
    {
        var push = PipelineValues.Empty.With("pipeline.event.name", ExpressionValue.String("push"));
        var error = ExpressionEvaluator.Evaluate(Expression.Parse(text, Limits.Default).Expression!, push.TryGetInConfig).Error;

        Assert.Equal(kind, error?.Kind);
        Assert.Equal(kind is null, error?.Hint is null);
    }
}
