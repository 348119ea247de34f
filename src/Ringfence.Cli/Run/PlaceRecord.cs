using Ringfence.Config.Expressions;
using Ringfence.Config.Values;

namespace Ringfence.Cli.Run;

/// <summary>What a pipeline was for. A rerun is for the same (EX-5.7), whatever is checked out by then, so that it runs no job that filters left out.</summary>
/// <param name="Branch">The branch; may be empty.</param>
/// <param name="Tag">The tag; may be empty.</param>
/// <param name="IsDefault">Whether the branch was the default one.</param>
internal sealed record PlaceRecord(string Branch, string Tag, bool IsDefault)
{
    private const string BranchValue = "pipeline.git.branch";
    private const string TagValue = "pipeline.git.tag";
    private const string IsDefaultValue = "pipeline.git.branch.is_default";

    /// <summary>Whether the branch is what a forge calls the code of a pull request, which may be anybody's.</summary>
    public bool IsPullRequest => IsOfPullRequest(Branch);

    /// <summary>In words.</summary>
    public string Description => (Branch, Tag) switch
    {
        ({ Length: > 0 }, _) => $"branch {Branch}",
        (_, { Length: > 0 }) => $"tag {Tag}",
        _ => "no branch",
    };

    /// <summary>Whether a branch is what a forge calls the code of a pull request.</summary>
    public static bool IsOfPullRequest(string branch) => branch.StartsWith("pull/", StringComparison.Ordinal);

    /// <summary>That of a pipeline.</summary>
    public static PlaceRecord Of(PipelineValues values) =>
        new(Text(values, BranchValue), Text(values, TagValue), values.TryGet(IsDefaultValue, out var value) && value.TryGetBoolean(out var isDefault) && isDefault);

    /// <summary>The values of a pipeline that is for this.</summary>
    public PipelineValues In(PipelineValues values) => values
        .With(BranchValue, ExpressionValue.String(Branch))
        .With(TagValue, ExpressionValue.String(Tag))
        .With(IsDefaultValue, ExpressionValue.Boolean(IsDefault));

    private static string Text(PipelineValues values, string name) => values.TryGet(name, out var value) && value.TryGetString(out var text) ? text : "";
}
