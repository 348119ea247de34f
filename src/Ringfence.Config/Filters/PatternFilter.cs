using System.Collections.Immutable;

namespace Ringfence.Config.Filters;

/// <summary>Decides filters in the map form, <c>branches</c> and <c>tags</c> (CL-16.20 to CL-16.27).</summary>
internal static class PatternFilter
{
    /// <summary>What a filter says; a branch or tag is empty when the pipeline has none.</summary>
    public static FilterOutcome Decide(NamePatterns? branches, NamePatterns? tags, string branch, string tag)
    {
        var isTagBuild = tag.Length > 0 && branch.Length == 0;
        if (isTagBuild)
            return DecideTag(tags, tag);

        // A push with both: only an ignored tag can speak when there is no branch filter (CL-16.26).
        if (branches is null && tag.Length > 0 && tags is { Only: null, Ignore: { } ignored })
            return Ignored(ignored, "tag", tag);

        return branches is null ? FilterOutcome.Yes : DecideNames(branches, "branch", branch);
    }

    /// <summary>What the <c>branches</c> of a schedule say (CL-16.12).</summary>
    public static FilterOutcome DecideNames(NamePatterns patterns, string kind, string name) => patterns switch
    {
        { Only: { } only } => Only(only, kind, name),
        { Ignore: { } ignore } => Ignored(ignore, kind, name),
        _ => FilterOutcome.Yes,
    };

    private static FilterOutcome DecideTag(NamePatterns? tags, string tag) => tags switch
    {
        null or { Only: null, Ignore: null } => FilterOutcome.No($"it has no filter for tags, so it does not run on tag '{tag}'"),
        _ => DecideNames(tags, "tag", tag),
    };

    private static FilterOutcome Only(ImmutableArray<NamePattern> only, string kind, string name) =>
        only.Any(p => p.Matches(name)) ? FilterOutcome.Yes : FilterOutcome.No($"{Named(kind, name)} is not in only: {List(only)}");

    private static FilterOutcome Ignored(ImmutableArray<NamePattern> ignore, string kind, string name) =>
        ignore.FirstOrDefault(p => p.Matches(name)) is { } match
            ? FilterOutcome.No(ignore.Length == 1
                ? $"{Named(kind, name)} is in ignore: {match.Text}"
                : $"{Named(kind, name)} is in ignore: {List(ignore)} (by {match.Text})")
            : FilterOutcome.Yes;

    private static string Named(string kind, string name) => name.Length == 0 ? $"the missing {kind}" : $"{kind} '{name}'";

    private static string List(ImmutableArray<NamePattern> patterns) =>
        patterns.Length == 0 ? "(nothing)" : string.Join(", ", patterns.Select(p => p.Text));
}
