using Ringfence.Config.Expressions;
using Ringfence.Config.Values;

namespace Ringfence.Config.Tests.Values;

public sealed class PipelineValuesTests
{
    [Fact]
    public void Tells_unset_from_unknown()
    {
        Assert.True(PipelineValues.Empty.TryGet("pipeline.git.tag", out var value));
        Assert.True(value.IsUndefined);
        Assert.False(PipelineValues.Empty.TryGet("pipeline.git.tags", out _));
        Assert.False(PipelineValues.Empty.TryGet("pipeline.parameters.x", out _));
    }

    [Theory]
    [Rule("CL-7.18")]
    [InlineData("pipeline.event.github.pull_request.draft", false)]
    [InlineData("pipeline.event.context.github.pr_url", false)]
    [InlineData("pipeline.event.name", true)]
    [InlineData("pipeline.git.tag", true)]
    [InlineData("pipeline.git.tags", false)]
    public void Hides_unset_values_of_events_from_a_config(string name, bool isThere) =>
        Assert.Equal(isThere, PipelineValues.Empty.TryGetInConfig(name, out _));

    [Fact]
    public void Takes_and_drops_values_without_changing_itself()
    {
        var with = PipelineValues.Empty.With("pipeline.git.tag", ExpressionValue.String("v1"));

        Assert.Empty(PipelineValues.Empty.SetValues);
        Assert.Equal(ExpressionValue.String("v1"), with.SetValues["pipeline.git.tag"]);
        Assert.Empty(with.With("pipeline.git.tag", ExpressionValue.Undefined).SetValues);
    }

    [Fact]
    public void Refuses_names_and_types_that_are_not_in_the_registry()
    {
        Assert.Throws<ArgumentException>(() => PipelineValues.Empty.With("pipeline.git.tags", ExpressionValue.String("v1")));
        Assert.Throws<ArgumentException>(() => PipelineValues.Empty.With("pipeline.number", ExpressionValue.String("1")));
    }

    [Theory]
    [Rule("CL-23.2")]
    [InlineData("pipeline.number", "1")]
    [InlineData("pipeline.id", "00000000-0000-0000-0000-000000000001")]
    [InlineData("pipeline.trigger.received_at", "2020-01-01T00:00:00Z")]
    [InlineData("pipeline.trigger_source", "webhook")]
    [InlineData("pipeline.event.name", "")]
    [InlineData("pipeline.git.branch", "topic")]
    [InlineData("pipeline.git.tag", "")]
    [InlineData("pipeline.git.branch.is_default", "false")]
    [InlineData("pipeline.git.revision", "abc")]
    [InlineData("pipeline.event.github.after", "abc")]
    [InlineData("pipeline.git.repo_url", "https://bitbucket.org/o/r")]
    [InlineData("pipeline.project.type", "bitbucket")]
    [InlineData("pipeline.git.commit.subject", "Fix")]
    [InlineData("pipeline.git.target_repo_url", "<nil>")]
    public void Makes_up_the_values_of_a_local_run(string name, string text)
    {
        var git = new GitFacts { Branch = "topic", Revision = "abc", RepositoryUrl = "https://bitbucket.org/o/r", CommitSubject = "Fix" };

        Assert.True(PipelineValues.Local(git).TryGet(name, out var value));
        Assert.Equal(text, value.ToString());
    }

    [Fact]
    [Rule("CL-23.2")]
    public void Makes_up_values_of_the_registered_types()
    {
        var local = PipelineValues.Local(GitFacts.None);
        var again = local.SetValues.Aggregate(PipelineValues.Empty, (values, pair) => values.With(pair.Key, pair.Value));

        Assert.Equal(local.SetValues.Count, again.SetValues.Count);
        
        // The 86 of CircleCI's CLI, and the slug of the project.
        Assert.Equal(87, local.SetValues.Count);
    }

    [Theory]
    [InlineData("https://github.com/o/r", "github")]
    [InlineData("https://gitlab.com/o/r", "gitlab")]
    [InlineData("https://git.example/o/r", "github")]
    [InlineData("", "github")]
    public void Tells_the_forge_by_its_host(string url, string type) => Assert.Equal(type, new GitFacts { RepositoryUrl = url }.ProjectType);

    [Theory]
    [InlineData("https://github.com/o/r", "gh/o/r")]
    [InlineData("https://ssh.github.com/o/r", "gh/o/r")]
    [InlineData("https://bitbucket.org/o/r", "bb/o/r")]
    [InlineData("https://gitlab.com/o/r", "gl/o/r")]
    [InlineData("https://git.example/o/r", "git.example/o/r")]
    [InlineData("https://github.com.example/o/r", "github.com.example/o/r")]
    [InlineData("https://GitHub.com:8443/o/r", "gh/o/r")]
    [InlineData("https://git.example:8443/o/r", "git.example:8443/o/r")]
    [InlineData("https://gh/o/r", "gh./o/r")]
    [InlineData("", "gh/o/r")]
    public void Names_a_project_by_its_host_so_that_no_other_host_has_its_secrets(string url, string slug) =>
        Assert.Equal(slug, new GitFacts { RepositoryUrl = url, RepositoryOwner = "o", RepositoryName = "r" }.ProjectSlug);

    [Theory]
    [InlineData("pipeline.number", PipelineValueType.Integer, false, false)]
    [InlineData("pipeline.event.github.pull_request.draft", PipelineValueType.Boolean, false, false)]
    [InlineData("pipeline.trigger.received_at", PipelineValueType.String, false, false)]
    [InlineData("pipeline.trigger_source", PipelineValueType.String, true, false)]
    [InlineData("pipeline.config_source", PipelineValueType.String, false, true)]
    [InlineData("pipeline.vcs.type", PipelineValueType.String, true, true)]
    public void Registers_type_and_status(string name, PipelineValueType type, bool isDeprecated, bool isPrivate) =>
        Assert.Equal(new PipelineValueDefinition(name, type, isDeprecated, isPrivate), PipelineValueRegistry.All[name]);

    [Fact]
    [Rule("CL-7.8")]
    public void Registers_names_that_expressions_can_use() =>
        Assert.All(PipelineValueRegistry.All.Keys, name => Assert.True(Expression.IsVariableName(name), name));
}
