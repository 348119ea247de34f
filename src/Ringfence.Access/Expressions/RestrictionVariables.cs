using System.Collections.Frozen;
using Ringfence.Config.Expressions;
using Ringfence.Config.Values;

namespace Ringfence.Access.Expressions;

/// <summary>Every variable that a restriction can read: the pipeline values but for trigger parameters, and <c>job.ssh.enabled</c> (EXP-3).</summary>
public static class RestrictionVariables
{
    /// <summary>Whether the job runs with SSH (SSH-22).</summary>
    public const string SshEnabled = "job.ssh.enabled";

    /// <summary>Where the text of the config came from (EXP-11).</summary>
    public const string ConfigSource = "pipeline.config_source";

    /// <summary>The branch, which the outsider chooses in a fork (EXP-13).</summary>
    public const string Branch = "pipeline.git.branch";

    /// <summary>The tag, which the outsider chooses in a fork (EXP-13).</summary>
    public const string Tag = "pipeline.git.tag";

    private static readonly FrozenSet<string> Tainted = FrozenSet.Create(
        StringComparer.Ordinal,
        "pipeline.name", "pipeline.event.github.pull_request.title", "pipeline.event.github.pull_request.head.ref",
        "pipeline.event.github.comment.body", "pipeline.event.github.label.name", "pipeline.event.github.label",
        "pipeline.git.commit.subject", "pipeline.git.commit.body", "pipeline.git.commit.author_login", "pipeline.git.commit.author_name",
        "pipeline.git.commit.author_email", "pipeline.git.commit.author_date", "pipeline.git.commit.author_avatar_url",
        "pipeline.git.commit.committer_login", "pipeline.git.commit.committer_name", "pipeline.git.commit.committer_email",
        "pipeline.git.commit.committer_date");

    private static readonly FrozenSet<string> References = FrozenSet.Create(
        StringComparer.Ordinal,
        Branch, Tag, "pipeline.event.github.ref", "pipeline.event.github.pull_request.base.ref", "pipeline.event.github.pull_request.head.ref",
        "pipeline.config.ref");

    // A branch is missing only when a tag is built; a warning on every test of a branch would be read by nobody.
    private static readonly FrozenSet<string> NearlyAlwaysSet = FrozenSet.Create(
        StringComparer.Ordinal,
        SshEnabled, ConfigSource, Branch, "pipeline.git.branch.is_default", "pipeline.git.revision", "pipeline.git.repo_id", "pipeline.git.repo_name",
        "pipeline.git.repo_owner", "pipeline.git.repo_url", "pipeline.id", "pipeline.number", "pipeline.project.slug", "pipeline.project.type",
        "pipeline.project.git_url", "pipeline.definition.id", "pipeline.integration_source", "pipeline.trigger.id", "pipeline.trigger.type",
        "pipeline.trigger.received_at", "pipeline.trigger_source", "pipeline.event.name", "pipeline.config.file_path", "pipeline.config.sha");

    /// <summary>The variables by whole name.</summary>
    public static FrozenDictionary<string, RestrictionVariable> All { get; } = PipelineValueRegistry.All.Values
        .Where(d => ContextRestriction.IsAllowedName(d.Name))
        .Select(d => Of(d.Name, d.Type))
        .Append(Of(SshEnabled, PipelineValueType.Boolean))
        .ToFrozenDictionary(v => v.Name, StringComparer.Ordinal);

    private static RestrictionVariable Of(string name, PipelineValueType type) =>
        new(name, type, Tainted.Contains(name), !NearlyAlwaysSet.Contains(name), References.Contains(name));
}
