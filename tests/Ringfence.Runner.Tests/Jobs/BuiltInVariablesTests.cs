using Ringfence.Config.Expressions;
using Ringfence.Config.Values;
using Ringfence.Runner.Jobs;

namespace Ringfence.Runner.Tests.Jobs;

public sealed class BuiltInVariablesTests
{
    /// <summary>§8.4: at GitLab the owner is a group with its subgroups.</summary>
    [Theory]
    [InlineData("gh/acme/web", "acme", "web")]
    [InlineData("gl/group/sub/web", "group/sub", "web")]
    [InlineData("circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat", "9YytKzouJxzu4TjCRFqAoD", "44n9wujWcTnVZ2b5S8Fnat")]
    public void Name_owner_and_repository_of_the_slug(string slug, string owner, string repository)
    {
        var variables = BuiltInVariables.Of(PipelineValues.Local(GitFacts.None).With("pipeline.project.slug", ExpressionValue.String(slug))).ToDictionary(variable => variable.Name, variable => variable.Text, StringComparer.Ordinal);

        Assert.Equal((owner, repository), (variables["CIRCLE_PROJECT_USERNAME"], variables["CIRCLE_PROJECT_REPONAME"]));
    }
}
