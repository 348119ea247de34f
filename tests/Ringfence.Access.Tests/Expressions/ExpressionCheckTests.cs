using CsCheck;
using Ringfence.Access.Expressions;
using Ringfence.Config.Expressions;
using Ringfence.Config.Values;

namespace Ringfence.Access.Tests.Expressions;

public sealed class ExpressionCheckTests
{
    [Theory]
    [Rule("EXP-13")]
    [InlineData("pipeline.event.github.pull_request.title == \"x\"", true)]
    [InlineData("pipeline.event.github.pull_request.head.ref == \"x\"", true)]
    [InlineData("pipeline.event.github.comment.body == \"x\"", true)]
    [InlineData("pipeline.event.github.label.name == \"x\"", true)]
    [InlineData("pipeline.git.commit.subject == \"x\"", true)]
    [InlineData("pipeline.git.commit.body matches /x.*/", true)]
    [InlineData("pipeline.git.commit.author_login == \"x\"", true)]
    [InlineData("pipeline.name == \"x\"", true)]
    [InlineData("pipeline.name == \"x\" or pipeline.git.branch == \"main\"", true)]
    [InlineData("not (pipeline.name == \"x\" and pipeline.git.branch == \"main\")", true)]
    [InlineData("pipeline.name == \"x\" and pipeline.git.branch == \"main\"", false)]
    [InlineData("not (pipeline.name == \"x\" or pipeline.git.branch == \"dev\")", false)]
    [InlineData("pipeline.git.branch == pipeline.name", true)]
    public void Warns_of_what_outsiders_alone_can_make_true(string text, bool warns) =>
        Assert.Equal(warns, ExpressionCheck.Of(text).Warnings.Any(w => w.Kind == ExpressionFindingKind.Tainted));

    [Theory]
    [InlineData("true")]
    [InlineData("not false")]
    [InlineData("true or pipeline.git.branch == \"main\"")]
    public void Warns_of_what_is_true_without_looking(string text) =>
        Assert.Equal(ExpressionFindingKind.Unconditional, Assert.Single(ExpressionCheck.Of(text).Warnings).Kind);

    [Theory]
    [Rule("EXP-14")]
    [InlineData("not pipeline.git.branch", ExpressionFindingKind.WrongType)]
    [InlineData("pipeline.git.branch and true", ExpressionFindingKind.WrongType)]
    [InlineData("true or pipeline.number", ExpressionFindingKind.WrongType)]
    [InlineData("1 == 2 or job.ssh.enabled", ExpressionFindingKind.NeverTrue)]
    [InlineData("\"a\" starts-with \"a\" and job.ssh.enabled", ExpressionFindingKind.AlwaysTrue)]
    [InlineData("pipeline.git.branch == pipeline.git.branch", ExpressionFindingKind.AlwaysTrue)]
    [InlineData("pipeline.number > pipeline.number", ExpressionFindingKind.NeverTrue)]
    [InlineData("job.ssh.enabled == \"false\"", ExpressionFindingKind.NeverTrue)]
    public void Refuses_what_cannot_be_meant(string text, ExpressionFindingKind kind) => Assert.Contains(ExpressionCheck.Of(text).Errors, e => e.Kind == kind);

    [Theory]
    [Rule("EXP-9")]
    [InlineData("pipeline.git.branch matches /(a)\\1/")]
    [InlineData("pipeline.git.branch matches /(?=a).*/")]
    [InlineData("pipeline.git.branch matches /(?<!a).*/")]
    public void Refuses_patterns_that_need_more_than_linear_time(string text) =>
        Assert.Equal(ExpressionFindingKind.Syntax, Assert.Single(ExpressionCheck.Of(text).Errors).Kind);

    [Fact]
    [Rule("EXP-10")]
    public void Refuses_what_is_too_long_or_too_deep()
    {
        var fits = "true or \"" + new string('a', 4096 - 10) + "\"";
        Assert.DoesNotContain(ExpressionCheck.Of(fits).Errors, e => e.Kind == ExpressionFindingKind.TooLarge);
        Assert.Equal(ExpressionFindingKind.TooLarge, Assert.Single(ExpressionCheck.Of(fits + " ").Errors).Kind);
        Assert.Equal(ExpressionFindingKind.TooLarge, Assert.Single(ExpressionCheck.Of("\"" + new string('ä', 2048) + "\"").Errors).Kind);
        Assert.True(ExpressionCheck.Of(Nested(64)).IsAccepted);
        Assert.Equal(ExpressionFindingKind.TooLarge, Assert.Single(ExpressionCheck.Of(Nested(65)).Errors).Kind);

        static string Nested(int depth) => new string('(', depth) + "job.ssh.enabled" + new string(')', depth);
    }

    [Fact]
    public void Takes_a_long_chain_without_running_out_of_stack() =>
        Assert.True(ExpressionCheck.Of(string.Join(" or ", Enumerable.Repeat("job.ssh.enabled", 200))).IsAccepted);

    [Fact]
    [Rule("EXP-10")]
    public void Says_line_and_column()
    {
        var check = ExpressionCheck.Of("job.ssh.enabled\n  and pipeline.git.brunch == \"main\"");

        Assert.Equal("2:7: there is no value pipeline.git.brunch; see the list of pipeline values", Assert.Single(check.Errors).ToString());
    }

    [Fact]
    [Rule("EXP-3", "EXP-11")]
    public void Knows_every_value_that_the_documentation_lists()
    {
        foreach (var name in Published)
            Assert.True(RestrictionVariables.All.ContainsKey(name), name);

        Assert.DoesNotContain(RestrictionVariables.All.Keys, n => n.StartsWith("pipeline.trigger_parameters.", StringComparison.Ordinal));
        Assert.DoesNotContain(RestrictionVariables.All.Keys, n => n.StartsWith("pipeline.parameters.", StringComparison.Ordinal));
    }

    /// <summary>What the check accepts cannot fail later for its types: with every value set, it comes to true or false.</summary>
    [Fact]
    [Rule("EXP-8", "EXP-10", "EXP-14")]
    public void What_is_accepted_has_a_truth_value_when_all_values_are_set()
    {
        var values = new RestrictionValues(
            RestrictionVariables.All.Values.Where(v => v.Name.StartsWith("pipeline.", StringComparison.Ordinal)).Aggregate(PipelineValues.Empty, (all, v) => all.With(v.Name, v.Type switch
            {
                PipelineValueType.Boolean => ExpressionValue.Boolean(true),
                PipelineValueType.Integer => ExpressionValue.Integer(3),
                _ => ExpressionValue.String("main"),
            })), IsSshEnabled: false, "vcs", IsFork: false);
        var accepted = 0;

        Texts(4).Sample(
            text =>
            {
                if (!ExpressionCheck.Of(text).IsAccepted)
                    return;

                Interlocked.Increment(ref accepted);
                Assert.Null(RestrictionExpression.Evaluate(text, values).Error);
            },
            iter: 3000, threads: 1);
        Assert.True(accepted > 50, $"only {accepted} were accepted");
    }

    private static Gen<string> Texts(int depth)
    {
        var leaf = Gen.OneOf("pipeline.git.branch", "pipeline.number", "job.ssh.enabled", "\"main\"", "5", "true", "false", "/m.*/", "no.such");
        if (depth == 0)
            return leaf;

        var inner = Texts(depth - 1);
        var binary = Gen.Select(inner, Gen.OneOf("and", "or", "==", "!=", "starts-with", "matches", "<", ">="), inner, (a, op, b) => $"{a} {op} {b}");
        return Gen.OneOf(leaf, binary, inner.Select(t => $"not {t}"), inner.Select(t => $"({t})"));
    }

    private static readonly string[] Published =
    [
        "job.ssh.enabled", "pipeline.config_source", "pipeline.id", "pipeline.number", "pipeline.name", "pipeline.definition.id", "pipeline.integration_source",
        "pipeline.project.git_url", "pipeline.project.slug", "pipeline.project.type", "pipeline.config.file_path", "pipeline.config.ref", "pipeline.config.sha",
        "pipeline.config.repository.name", "pipeline.config.repository.url", "pipeline.git.base_revision", "pipeline.git.branch",
        "pipeline.git.branch.is_default", "pipeline.git.tag", "pipeline.git.revision", "pipeline.git.repo_id", "pipeline.git.repo_name",
        "pipeline.git.repo_owner", "pipeline.git.repo_url", "pipeline.git.commit.author_login", "pipeline.git.commit.subject", "pipeline.git.commit.body",
        "pipeline.git.commit.url", "pipeline.trigger.id", "pipeline.trigger.type", "pipeline.trigger.received_at", "pipeline.trigger_source",
        "pipeline.schedule.id", "pipeline.schedule.name", "pipeline.deploy.component_name", "pipeline.deploy.current_version",
        "pipeline.deploy.target_version", "pipeline.deploy.environment_name", "pipeline.deploy.namespace", "pipeline.deploy.reason", "pipeline.event.name",
        "pipeline.event.action", "pipeline.event.context.github.pr_url", "pipeline.event.github.after", "pipeline.event.github.ref",
        "pipeline.event.github.comment.body", "pipeline.event.github.head_commit.url", "pipeline.event.github.label.name",
        "pipeline.event.github.repository.name", "pipeline.event.github.repository.owner.login", "pipeline.event.github.repository.url",
        "pipeline.event.github.sender.login", "pipeline.event.github.sender.type", "pipeline.event.github.sender.avatar_url",
        "pipeline.event.github.pull_request.number", "pipeline.event.github.pull_request.title", "pipeline.event.github.pull_request.url",
        "pipeline.event.github.pull_request.draft", "pipeline.event.github.pull_request.merged", "pipeline.event.github.pull_request.base.ref",
        "pipeline.event.github.pull_request.base.sha", "pipeline.event.github.pull_request.head.ref", "pipeline.event.github.pull_request.head.sha",
    ];
}
