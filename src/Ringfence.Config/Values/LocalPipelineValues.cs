using System.Collections.Immutable;
using Ringfence.Config.Expressions;

namespace Ringfence.Config.Values;

/// <summary>The values that CircleCI's CLI makes up for a run without a server; keys and defaults are the CLI's own (CL-23.2).</summary>
internal static class LocalPipelineValues
{
    private const string Id = "00000000-0000-0000-0000-000000000001";
    private const string Time = "2020-01-01T00:00:00Z";

    /// <summary>Set to the empty text rather than unset, as in the CLI, so that templates print nothing.</summary>
    private static readonly ImmutableArray<string> Empty =
    [
        "pipeline.name", "pipeline.git.commit.author_avatar_url", "pipeline.git.commit.author_login", "pipeline.git.commit.url",
        "pipeline.git.repo_id", "pipeline.trigger_parameters.webhook.body", "pipeline.trigger_parameters.github_app.commit_title",
        "pipeline.trigger_parameters.github_app.commit_message", "pipeline.trigger_parameters.github_app.commit_author_name",
        "pipeline.trigger_parameters.github_app.repo_name", "pipeline.trigger_parameters.github_app.repo_url",
        "pipeline.trigger_parameters.github_app.user_avatar", "pipeline.trigger_parameters.github_app.user_name",
        "pipeline.trigger_parameters.github_app.user_username", "pipeline.trigger_parameters.github_app.web_url",
        "pipeline.trigger.type", "pipeline.trigger.name", "pipeline.schedule.name", "pipeline.schedule.id", "pipeline.event.name",
        "pipeline.event.action", "pipeline.event.github.sender.avatar_url", "pipeline.event.github.head_commit.url",
        "pipeline.event.github.pull_request.title", "pipeline.event.github.label", "pipeline.config.file_path",
        "pipeline.config.repository.name", "pipeline.deploy.component_name", "pipeline.deploy.environment_name",
        "pipeline.deploy.target_version", "pipeline.deploy.current_version", "pipeline.deploy.namespace", "pipeline.deploy.reason",
        "pipeline.event.github.comment.body", "pipeline.event.github.sender.type",
    ];

    private static readonly ImmutableArray<string> Revisions =
    [
        "pipeline.git.revision", "pipeline.git.base_revision", "pipeline.trigger_parameters.github_app.checkout_sha",
        "pipeline.trigger_parameters.github_app.commit_sha", "pipeline.trigger_parameters.gitlab.commit_sha", "pipeline.event.github.after",
        "pipeline.event.github.pull_request.head.sha", "pipeline.event.github.pull_request.base.sha", "pipeline.config.sha",
    ];

    private static readonly ImmutableArray<string> Urls =
    [
        "pipeline.project.git_url", "pipeline.git.repo_url", "pipeline.event.context.github.pr_url", "pipeline.event.github.repository.url",
        "pipeline.event.github.pull_request.url", "pipeline.config.repository.url",
    ];

    private static readonly ImmutableArray<(string Name, string Value)> Fixed =
    [
        ("pipeline.id", Id),
        ("pipeline.trigger.id", Id),
        ("pipeline.trigger_parameters.github_app.user_id", Id),
        ("pipeline.trigger_parameters.gitlab.x_gitlab_event_id", Id),
        ("pipeline.trigger.received_at", Time),
        ("pipeline.trigger_parameters.circleci.event_time", Time),
        ("pipeline.trigger_parameters.github_app.commit_timestamp", Time),
        ("pipeline.trigger_parameters.circleci.trigger_type", "github_app"),
        ("pipeline.trigger_parameters.circleci.event_type", "push"),
        ("pipeline.trigger_parameters.github_app.branch", "main"),
        ("pipeline.trigger_parameters.github_app.ref", "refs/heads/master"),
        ("pipeline.trigger_parameters.gitlab.default_branch", "main"),
        ("pipeline.trigger_source", "webhook"),
        ("pipeline.event.github.repository.name", "repo-name"),
        ("pipeline.event.github.repository.owner.login", "repo-owner"),
        ("pipeline.event.github.sender.login", "user-login"),
        ("pipeline.event.github.ref", "branch-name"),
        ("pipeline.event.github.pull_request.base.ref", "base-branch"),
        ("pipeline.event.github.pull_request.head.ref", "head-branch"),

        // "head" for "heads" is the CLI's own slip.
        ("pipeline.config.ref", "refs/head/master"),
    ];

    public static Dictionary<string, ExpressionValue> For(GitFacts git)
    {
        var values = new Dictionary<string, ExpressionValue>(StringComparer.Ordinal);
        AddAll(Empty, "");
        AddAll(Revisions, git.Revision);
        AddAll(Urls, git.RepositoryUrl);
        foreach (var (name, value) in Fixed.AddRange(FromGit(git)))
            values.Add(name, ExpressionValue.String(value));

        values.Add("pipeline.number", ExpressionValue.Integer(1));
        values.Add("pipeline.trigger_parameters.github_app.total_commits_count", ExpressionValue.Integer(1));
        values.Add("pipeline.event.github.pull_request.number", ExpressionValue.Integer(111));
        values.Add("pipeline.git.branch.is_default", ExpressionValue.Boolean(false));
        values.Add("pipeline.trigger_parameters.gitlab.is_fork_merge_request", ExpressionValue.Boolean(false));
        values.Add("pipeline.event.github.pull_request.merged", ExpressionValue.Boolean(false));
        values.Add("pipeline.event.github.pull_request.draft", ExpressionValue.Boolean(false));
        return values;

        void AddAll(ImmutableArray<string> names, string value)
        {
            foreach (var name in names)
                values.Add(name, ExpressionValue.String(value));
        }
    }

    private static (string Name, string Value)[] FromGit(GitFacts git) =>
    [
        ("pipeline.project.type", git.ProjectType),

        // The CLI leaves it out; without it the serial groups of the documentation could not be compiled here.
        ("pipeline.project.slug", git.ProjectSlug),
        ("pipeline.git.tag", git.Tag),
        ("pipeline.git.branch", git.Branch),
        ("pipeline.git.repo_name", git.RepositoryName),
        ("pipeline.git.repo_owner", git.RepositoryOwner),
        ("pipeline.git.commit.subject", git.CommitSubject),
        ("pipeline.git.commit.body", git.CommitBody),
        ("pipeline.git.commit.author_name", git.AuthorName),
        ("pipeline.git.commit.author_email", git.AuthorEmail),
    ];
}
