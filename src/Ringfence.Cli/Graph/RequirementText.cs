using System.Collections.Immutable;
using Ringfence.Config.Compilation;

namespace Ringfence.Cli.Graph;

/// <summary>Says in words what a job waits for.</summary>
internal static class RequirementText
{
    private static readonly int AllStatuses = Enum.GetValues<RequiredStatus>().Length;

    /// <summary>The requirements of a job, each in a few words; a whole matrix counts as one.</summary>
    public static ImmutableArray<string> Of(GraphNode node, IReadOnlyDictionary<string, GraphNode> byName)
    {
        var items = ImmutableArray.CreateBuilder<string>();
        var written = new HashSet<string>(StringComparer.Ordinal);
        var statuses = node.Requires.ToLookup(r => r.Job, r => Statuses(r), StringComparer.Ordinal);
        foreach (var requirement in node.Requires)
        {
            if (!written.Add(requirement.Job))
                continue;

            var suffix = Statuses(requirement);
            if (byName.GetValueOrDefault(requirement.Job)?.Matrix is { } matrix && matrix.Members.All(m => statuses[m].Contains(suffix)))
            {
                written.UnionWith(matrix.Members);
                items.Add($"{matrix.Label} (all {matrix.Members.Length}){suffix}");
                continue;
            }

            items.Add(requirement.Job + suffix);
        }

        return items.ToImmutable();
    }

    /// <summary>The outcomes that are waited for, such as <c>failed or canceled</c>; empty for the usual success.</summary>
    public static string Outcomes(Requirement requirement)
    {
        if (requirement.Statuses is [RequiredStatus.Success] or [])
            return "";
        if (requirement.Statuses.Distinct().Count() == AllStatuses)
            return "any outcome";
        return string.Join(" or ", requirement.Statuses.Select(Word));
    }

    /// <summary>An outcome as a config writes it.</summary>
    public static string Word(RequiredStatus status) => status == RequiredStatus.NotRun ? "not_run" : status.ToString().ToLowerInvariant();

    private static string Statuses(Requirement requirement) => Outcomes(requirement) is { Length: > 0 } outcomes ? $" [{outcomes}]" : "";
}
