using Ringfence.Config.Compilation;
using Ringfence.Config.Expressions;
using Ringfence.Config.Values;

namespace Ringfence.Config.Tests.Filters;

public sealed class FilterConditionTests
{
    [Rule("CL-16.30")]
    [Theory]
    [InlineData("pipeline.git.branch == \"main\"", true)]
    [InlineData("pipeline.git.branch != \"main\"", false)]
    [InlineData("pipeline.git.branch starts-with \"ma\" and pipeline.number >= 1", true)]
    [InlineData("pipeline.parameters.deploy", true)]
    [InlineData("not pipeline.parameters.deploy", false)]
    [InlineData("pipeline.parameters.image == \"16\"", true)]
    [InlineData("pipeline.parameters.count > 2", true)]
    [InlineData("pipeline.git.branch matches /ma.*/", true)]
    public void Runs_when_the_expression_is_truthy(string text, bool runs) =>
        Assert.Equal(runs, WithParameters(text).Decide("main")[0].Runs);

    [Rule("CL-16.31")]
    [Theory]
    [InlineData("pipeline.git.branch or pipeline.git.tag", "main", "", true)]
    [InlineData("pipeline.git.branch or pipeline.git.tag", "", "v1", true)]
    [InlineData("pipeline.git.tag starts-with \"v\"", "", "v1", true)]
    [InlineData("pipeline.git.branch == \"main\"", "", "v1", false)]
    [InlineData("true", "", "v1", true)]
    public void Takes_the_place_of_the_rule_for_tags(string text, string branch, string tag, bool runs) =>
        Assert.Equal(runs, Unset(text, branch, tag));

    // The conformance corpus of CircleCI's own implementation: comparing an unset value gives undefined, so "not on tags" holds.
    [Rule("CL-16.32")]
    [Theory]
    [InlineData("pipeline.git.branch != \"main\"", "", "v1", false)]
    [InlineData("pipeline.git.branch and pipeline.git.branch != \"main\"", "", "v1", false)]
    [InlineData("pipeline.git.branch and pipeline.git.branch != \"main\"", "dev", "", true)]
    [InlineData("pipeline.git.branch and pipeline.git.branch != \"main\"", "main", "", false)]
    public void Takes_a_missing_branch_for_no_answer(string text, string branch, string tag, bool runs) =>
        Assert.Equal(runs, Unset(text, branch, tag));

    [Rule("CL-16.33")]
    [Fact]
    public void Takes_several_lines() =>
        Assert.True(WithParameters("pipeline.git.branch == \"dev\" or\n  pipeline.git.branch == \"main\"\n").Decide("main")[0].Runs);

    [Fact]
    public void Says_the_expression_and_its_values() =>
        Assert.Equal(
            "its filter is false: pipeline.git.branch == \"main\" and pipeline.parameters.deploy (with pipeline.git.branch \"dev\", pipeline.parameters.deploy true)",
            WithParameters("pipeline.git.branch == \"main\"\n  and pipeline.parameters.deploy").Decide("dev")[0].Reason);

    [Rule("CL-7.18")]
    [Fact]
    public void Does_not_run_what_cannot_be_evaluated()
    {
        var decision = WithParameters("pipeline.parameters.image > 1").Decide("main")[0];

        Assert.False(decision.Runs);
        Assert.StartsWith("its filter cannot be evaluated: pipeline.parameters.image > 1 (", decision.Reason, StringComparison.Ordinal);
    }

    private static AWorkflow WithParameters(string text) => new AWorkflow().With("j", AWorkflow.Condition(text))
        .WithParameter("deploy", new ParameterValue.Flag(true))
        .WithParameter("image", new ParameterValue.Text("16"))
        .WithParameter("count", new ParameterValue.Number(3));

    /// <summary>A server leaves the missing one of branch and tag unset, where the local values have an empty text.</summary>
    private static bool Unset(string text, string branch, string tag)
    {
        var values = PipelineValues.Empty;
        if (branch.Length > 0)
            values = values.With("pipeline.git.branch", ExpressionValue.String(branch));
        if (tag.Length > 0)
            values = values.With("pipeline.git.tag", ExpressionValue.String(tag));
        return new AWorkflow().With("j", AWorkflow.Condition(text)).Decide(values)[0].Runs;
    }
}
