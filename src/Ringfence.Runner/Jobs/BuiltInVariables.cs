using System.Collections.Immutable;
using Ringfence.Config.Values;
using Ringfence.Primitives;

namespace Ringfence.Runner.Jobs;

/// <summary>The built-in variables that are the same for all jobs of a pipeline (§8.4), made from its values. What is not known is left out rather than empty.</summary>
public static class BuiltInVariables
{
    /// <summary>The variables.</summary>
    /// <param name="values">The values of the pipeline.</param>
    public static ImmutableArray<(string Name, string Text)> Of(PipelineValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var branch = Text(values, "pipeline.git.branch");
        var slug = Text(values, "pipeline.project.slug");
        var number = values.TryGet("pipeline.event.github.pull_request.number", out var pull) && pull.TryGetInteger(out var integer) ? integer.ToString(System.Globalization.CultureInfo.InvariantCulture) : "";
        var isFork = branch.StartsWith("pull/", StringComparison.Ordinal);
        (string Name, string Text)[] all =
        [
            ("CIRCLE_BRANCH", branch),
            ("CIRCLE_TAG", branch.Length == 0 ? Text(values, "pipeline.git.tag") : ""),
            ("CIRCLE_SHA1", Text(values, "pipeline.git.revision")),
            ("CIRCLE_PIPELINE_ID", Text(values, "pipeline.id")),
            ("CIRCLE_ORGANIZATION_ID", slug.LastIndexOf('/') is > 0 and var cut ? NameId.Of(slug[..cut]).ToString("D") : ""),
            ("CIRCLE_PROJECT_ID", slug.Length > 0 ? NameId.Of(slug).ToString("D") : ""),
            ("CIRCLE_PROJECT_USERNAME", Owner(slug)),
            ("CIRCLE_PROJECT_REPONAME", slug[(slug.LastIndexOf('/') + 1)..]),
            ("CIRCLE_REPOSITORY_URL", Text(values, "pipeline.project.git_url")),
            ("CIRCLE_USERNAME", Text(values, "pipeline.git.commit.author_login")),
            ("CIRCLE_PR_NUMBER", isFork ? number : ""),
            ("CIRCLE_PULL_REQUEST", Text(values, "pipeline.event.name") is "pull_request" ? Text(values, "pipeline.event.github.pull_request.url") : ""),
        ];
        return [.. all.Where(variable => variable.Text.Length > 0)];
    }

    private static string Text(PipelineValues values, string name) => values.TryGet(name, out var value) && value.TryGetString(out var text) ? text : "";

    /// <summary>What stands between the forge and the name: at GitLab the group with its subgroups.</summary>
    private static string Owner(string slug) => slug.IndexOf('/', StringComparison.Ordinal) is var first && slug.LastIndexOf('/') is var last && first < last ? slug[(first + 1)..last] : "";
}
