using System.Collections.Immutable;
using System.Globalization;
using Ringfence.Cli.Commands;
using Ringfence.Cli.Git;
using Ringfence.Config.Expressions;
using Ringfence.Config.Values;

namespace Ringfence.Cli.Input;

/// <summary>The pipeline values of a run without a server: made up by CL-23.2, then what an event file says, then what options say.</summary>
internal static class LocalValues
{
    private const string Branch = "pipeline.git.branch";
    private const string Tag = "pipeline.git.tag";
    private const string IsDefault = "pipeline.git.branch.is_default";

    /// <summary>The branch where git says nothing at all: without one, no job that is filtered by branch would run.</summary>
    private const string FallbackBranch = "main";

    /// <summary>Puts them together. <paramref name="given"/> holds known names and matching types only.</summary>
    public static PipelineValues Of(GitState git, ImmutableArray<(string Name, ExpressionValue Value)> given, CompileSettings settings)
    {
        var values = PipelineValues.Local(git.Facts);
        if (git == GitState.None && !SaysPlace(given, settings))
            values = values.With(Branch, ExpressionValue.String(FallbackBranch)).With(IsDefault, ExpressionValue.Boolean(true));
        if (git.DefaultBranch is { } usual)
            values = values.With(IsDefault, ExpressionValue.Boolean(string.Equals(settings.Branch ?? git.Facts.Branch, usual, StringComparison.Ordinal)));
        foreach (var (name, value) in given)
            values = values.With(name, value);
        if (settings.PullRequest is { } number)
            values = WithPullRequest(values, number, settings.AsFork, git.Facts.ProjectType);
        return WithPlace(values, settings);
    }

    private static bool SaysPlace(ImmutableArray<(string Name, ExpressionValue Value)> given, CompileSettings settings) =>
        settings.Branch is not null || settings.Tag is not null || given.Any(g => g.Name is Branch or Tag or IsDefault);

    /// <summary>A push is of a branch or of a tag; naming the one says that there is none of the other.</summary>
    private static PipelineValues WithPlace(PipelineValues values, CompileSettings settings)
    {
        if (settings.Branch is null && settings.Tag is null)
            return values;
        return values
            .With(Branch, ExpressionValue.String(settings.Branch ?? ""))
            .With(Tag, ExpressionValue.String(settings.Tag ?? ""));
    }

    private static PipelineValues WithPullRequest(PipelineValues values, int number, bool asFork, string forge)
    {
        var url = ExpressionValue.String(Url(values, number, forge));
        values = values
            .With("pipeline.event.name", ExpressionValue.String("pull_request"))
            .With("pipeline.event.action", ExpressionValue.String("opened"))
            .With("pipeline.event.github.pull_request.number", ExpressionValue.Integer(number))
            .With("pipeline.event.github.pull_request.url", url)
            .With("pipeline.event.context.github.pr_url", url)
            .With("pipeline.trigger_parameters.gitlab.is_fork_merge_request", ExpressionValue.Boolean(asFork));
        return asFork
            ? values.With(Branch, ExpressionValue.String($"pull/{number}")).With(Tag, ExpressionValue.String("")).With(IsDefault, ExpressionValue.Boolean(false))
            : values;
    }

    /// <summary>Where the pull request can be looked at; empty when it is not known where its repository can.</summary>
    private static string Url(PipelineValues values, int number, string forge)
    {
        if (!values.TryGet("pipeline.event.github.repository.url", out var value) || !value.TryGetString(out var repository) || repository.Length == 0)
            return "";
        var folder = forge switch { "bitbucket" => "pull-requests", "gitlab" => "-/merge_requests", _ => "pull" };
        return string.Create(CultureInfo.InvariantCulture, $"{repository}/{folder}/{number}");
    }
}
