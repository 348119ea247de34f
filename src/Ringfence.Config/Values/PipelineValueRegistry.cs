using System.Collections.Frozen;

namespace Ringfence.Config.Values;

/// <summary>
/// Every <c>pipeline.*</c> value there can be, but for <c>pipeline.parameters.*</c>: what CircleCI's published registry lists (August 2026),
/// together with what its documentation and its CLI know besides.
/// </summary>
public static class PipelineValueRegistry
{
    /// <summary>What the names of pipeline parameters begin with; these are declared in the config, not here.</summary>
    public const string ParameterPrefix = "pipeline.parameters.";

    [Flags]
    private enum Status
    {
        Public = 0,
        Deprecated = 1,
        Private = 2,
    }

    /// <summary>The definitions by whole name.</summary>
    public static FrozenDictionary<string, PipelineValueDefinition> All { get; } = Define().ToFrozenDictionary(d => d.Name, StringComparer.Ordinal);

    private static IEnumerable<PipelineValueDefinition> Define() =>
    [
        One("pipeline.number", PipelineValueType.Integer, Status.Public),
        One("pipeline.event.github.pull_request.number", PipelineValueType.Integer, Status.Public),
        One("pipeline.event.github.pull_request.draft", PipelineValueType.Boolean, Status.Public),
        One("pipeline.event.github.pull_request.merged", PipelineValueType.Boolean, Status.Public),
        One("pipeline.git.branch.is_default", PipelineValueType.Boolean, Status.Public),
        One("pipeline.trigger_parameters.github_app.total_commits_count", PipelineValueType.Integer, Status.Deprecated),

        // The registry calls it a string; the CLI gives it as a boolean, and that is what configs test it for.
        One("pipeline.trigger_parameters.gitlab.is_fork_merge_request", PipelineValueType.Boolean, Status.Deprecated),
        .. Texts("pipeline.", Status.Public, [
            "config.file_path", "config.ref", "config.repository.name", "config.repository.url", "config.file_type",
            "config.sha", "definition.id", "id", "integration_source", "name", "project.slug", "project.type", "trigger.id",
            "trigger.received_at", "trigger.type", "trigger_parameters.webhook.body"]),
        .. Texts("pipeline.deploy.", Status.Public, [
            "component_name", "current_version", "environment_name", "namespace", "reason", "target_version"]),
        .. Texts("pipeline.event.", Status.Public, [
            "action", "context.github.pr_url", "context.github.sha", "name", "provider_login"]),
        .. Texts("pipeline.event.github.", Status.Public, [
            "after", "comment.body", "head_commit.url", "label.name", "pull_request.base.ref", "pull_request.base.sha",
            "pull_request.head.ref", "pull_request.head.sha", "pull_request.title", "pull_request.url", "ref", "repository.name",
            "repository.owner.login", "repository.url", "sender.avatar_url", "sender.login", "sender.type"]),
        .. Texts("pipeline.git.", Status.Public, [
            "base_revision", "branch", "commit.author_date", "commit.author_login", "commit.body", "commit.subject",
            "commit.url", "origin_repo_id", "origin_repo_url", "repo_id", "repo_name", "repo_owner", "repo_url", "revision",
            "tag", "target_repo_url"]),
        .. Texts("pipeline.schedule.", Status.Public, [
            "id"]),
        .. Texts("pipeline.", Status.Private, [
            "config_source", "event.circleci_actor_id", "event.provider_actor_id", "event.github.label",
            "git.commit.author_avatar_url", "git.commit.author_email", "git.commit.author_name", "git.ssh_checkout_url",
            "project.url", "trigger.name"]),
        .. Texts("pipeline.", Status.Deprecated, [
            "git.commit.committer_date", "git.commit.committer_email", "git.commit.committer_login", "git.commit.committer_name",
            "project.git_url", "schedule.name", "trigger_source"]),
        .. Texts("pipeline.trigger_parameters.", Status.Deprecated, [
            "circleci.config_source_id", "circleci.event_time", "circleci.event_type", "circleci.trigger_id",
            "circleci.trigger_type", "event.description", "event.title"]),
        .. Texts("pipeline.trigger_parameters.github_app.", Status.Deprecated, [
            "branch", "checkout_sha", "commit_author_name", "commit_message", "commit_sha", "commit_timestamp", "commit_title",
            "pull_request_draft", "pull_request_merged", "ref", "repo_name", "repo_url", "tag", "user_avatar", "user_id",
            "user_name", "user_username", "web_url"]),
        .. Texts("pipeline.trigger_parameters.gitlab.", Status.Deprecated, [
            "action", "branch", "checkout_sha", "commit_author_email", "commit_author_name", "commit_message", "commit_sha",
            "commit_timestamp", "commit_title", "default_branch", "ref", "repo_name", "repo_url", "tag", "type", "user_id",
            "user_name", "user_avatar", "user_username", "web_url", "x_gitlab_event_id"]),
        .. Texts("pipeline.trigger_parameters.", Status.Deprecated | Status.Private, [
            "circleci.actor_id", "circleci.event_action", "circleci.provider_actor_id", "circleci.provider_login",
            "circleci.provider_name", "gitlab.project_id"]),
        .. Texts("pipeline.trigger_parameters.git.", Status.Deprecated | Status.Private, [
            "author_avatar_url", "author_login", "branch", "checkout_sha", "checkout_url", "commit_author_email",
            "commit_author_name", "commit_message", "default_branch", "ref", "repo_name", "repo_owner", "repo_url", "tag"]),
        .. Texts("pipeline.trigger_parameters.github_app.", Status.Deprecated | Status.Private, [
            "action", "commit_author_email", "default_branch", "forced", "full_ref", "label_name", "owner",
            "pull_request_head_sha", "repo_full_name", "repo_id"]),
        .. Texts("pipeline.vcs.", Status.Deprecated | Status.Private, [
            "event_type", "origin_repository_id", "origin_repository_url", "repository_url", "revision", "target_repository_id",
            "target_repository_url", "type"]),
    ];

    private static IEnumerable<PipelineValueDefinition> Texts(string prefix, Status status, string[] names) =>
        names.Select(name => One(prefix + name, PipelineValueType.String, status));

    private static PipelineValueDefinition One(string name, PipelineValueType type, Status status) =>
        new(name, type, status.HasFlag(Status.Deprecated), status.HasFlag(Status.Private));
}
