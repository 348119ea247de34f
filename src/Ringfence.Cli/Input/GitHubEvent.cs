using System.Collections.Immutable;
using System.Text.Json;
using Ringfence.Config.Expressions;

namespace Ringfence.Cli.Input;

/// <summary>Maps the body of a GitHub webhook to pipeline values. A member that is missing leaves its value unset.</summary>
internal sealed class GitHubEvent
{
    private const string BranchPrefix = "refs/heads/";
    private const string TagPrefix = "refs/tags/";

    private readonly JsonElement _body;
    private readonly ImmutableArray<(string, ExpressionValue)>.Builder _values = ImmutableArray.CreateBuilder<(string, ExpressionValue)>();

    private GitHubEvent(JsonElement body) => _body = body;

    /// <summary>The values of a <c>push</c>.</summary>
    public static ImmutableArray<(string Name, ExpressionValue Value)> OfPush(JsonElement body)
    {
        var push = new GitHubEvent(body);
        push.Common("push", "push");
        push.AddPush();
        return push._values.ToImmutable();
    }

    /// <summary>The values of a <c>pull_request</c>.</summary>
    public static ImmutableArray<(string Name, ExpressionValue Value)> OfPullRequest(JsonElement body)
    {
        var request = new GitHubEvent(body);
        request.Common("pull_request", request.Text("action") ?? "opened");
        request.AddPullRequest();
        return request._values.ToImmutable();
    }

    private void Common(string name, string action)
    {
        Set("pipeline.trigger.type", "github_app");
        Set("pipeline.event.name", name);
        Set("pipeline.event.action", action);
        foreach (var part in (ReadOnlySpan<string>)["sender.login", "sender.type", "sender.avatar_url", "repository.name", "repository.owner.login"])
            Set("pipeline.event.github." + part, Text(part));

        var url = Text("repository.html_url");
        Set("pipeline.event.github.repository.url", url);
        Set("pipeline.project.git_url", url);
        Set("pipeline.git.repo_url", url);
        Set("pipeline.git.repo_name", Text("repository.name"));
        Set("pipeline.git.repo_owner", Text("repository.owner.login"));
        Set("pipeline.git.repo_id", Get("repository.id") is { ValueKind: JsonValueKind.Number } id ? id.GetRawText() : null);
    }

    private void AddPush()
    {
        var name = Text("ref") ?? "";
        var branch = name.StartsWith(BranchPrefix, StringComparison.Ordinal) ? name[BranchPrefix.Length..] : "";
        SetPlace(branch, name.StartsWith(TagPrefix, StringComparison.Ordinal) ? name[TagPrefix.Length..] : "", Text("after"));
        Set("pipeline.event.github.ref", name);
        Set("pipeline.event.github.after", Text("after"));
        Set("pipeline.event.github.head_commit.url", Text("head_commit.url"));
        Set("pipeline.git.base_revision", Text("before") is { } before && before.Trim('0').Length > 0 ? before : null);

        var message = (Text("head_commit.message") ?? "").Split("\n\n", 2);
        Set("pipeline.git.commit.subject", message[0].Replace('\n', ' '));
        Set("pipeline.git.commit.body", message.Length > 1 ? message[1] : "");
        Set("pipeline.git.commit.url", Text("head_commit.url"));
        Set("pipeline.git.commit.author_login", Text("head_commit.author.username"));
        Set("pipeline.git.commit.author_name", Text("head_commit.author.name"));
        Set("pipeline.git.commit.author_email", Text("head_commit.author.email"));
        ClearPullRequest();
    }

    private void AddPullRequest()
    {
        foreach (var part in (ReadOnlySpan<string>)["base.ref", "base.sha", "head.ref", "head.sha", "title"])
            Set("pipeline.event.github.pull_request." + part, Text("pull_request." + part));
        Set("pipeline.event.github.pull_request.url", Text("pull_request.html_url"));
        Set("pipeline.event.context.github.pr_url", Text("pull_request.html_url"));
        Set("pipeline.event.github.label.name", Text("label.name"));
        foreach (var flag in (ReadOnlySpan<string>)["draft", "merged"])
            _values.Add(("pipeline.event.github.pull_request." + flag, Get("pull_request." + flag)?.ValueKind is JsonValueKind.True ? ExpressionValue.Boolean(true) : ExpressionValue.Boolean(false)));

        var number = Get("pull_request.number") is { ValueKind: JsonValueKind.Number } element && element.TryGetInt64(out var parsed) ? parsed : 0;
        _values.Add(("pipeline.event.github.pull_request.number", ExpressionValue.Integer(number)));

        // A pull request of another repository builds under a name that no branch of this one can have (EX-14.2).
        var isFork = !string.Equals(Text("pull_request.head.repo.full_name"), Text("pull_request.base.repo.full_name"), StringComparison.OrdinalIgnoreCase);
        SetPlace(isFork ? $"pull/{number}" : Text("pull_request.head.ref") ?? "", "", Text("pull_request.head.sha"));
        foreach (var name in (ReadOnlySpan<string>)["ref", "after", "head_commit.url"])
            Set("pipeline.event.github." + name, null);
    }

    private void SetPlace(string branch, string tag, string? revision)
    {
        Set("pipeline.git.branch", branch);
        Set("pipeline.git.tag", tag);
        Set("pipeline.git.revision", revision);
        _values.Add(("pipeline.git.branch.is_default", ExpressionValue.Boolean(branch.Length > 0 && string.Equals(branch, Text("repository.default_branch"), StringComparison.Ordinal))));
    }

    /// <summary>A push has no pull request, and the made-up one of a local run would contradict the event.</summary>
    private void ClearPullRequest()
    {
        foreach (var part in (ReadOnlySpan<string>)["base.ref", "base.sha", "head.ref", "head.sha", "title", "url", "number", "draft", "merged"])
            Set("pipeline.event.github.pull_request." + part, null);
    }

    private void Set(string name, string? value) => _values.Add((name, value is null ? ExpressionValue.Undefined : ExpressionValue.String(value)));

    private string? Text(string path) => Get(path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private JsonElement? Get(string path)
    {
        var element = _body;
        foreach (var part in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
                return null;
        }

        return element;
    }
}
