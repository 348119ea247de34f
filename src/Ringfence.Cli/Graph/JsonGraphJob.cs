using System.Collections.Immutable;

namespace Ringfence.Cli.Graph;

/// <summary>A job in JSON.</summary>
internal sealed record JsonGraphJob(
    string Name,
    string Type,
    int Stage,
    ImmutableArray<JsonGraphRequirement> Requires,
    ImmutableArray<string> Contexts,
    string? Matrix,
    string? SerialGroup,
    bool Runs,
    string? Reason)
{
    /// <summary>The JSON form of a job.</summary>
    public static JsonGraphJob Of(GraphNode node) => new(
        node.Name,
        node.TypeWord is { Length: > 0 } word ? word : "build",
        node.Stage,
        [.. node.Requires.Select(r => new JsonGraphRequirement(r.Job, [.. r.Statuses.Select(RequirementText.Word)]))],
        node.Contexts,
        node.Matrix?.Label,
        node.SerialKey,
        node.Runs,
        node.Runs ? null : node.Reason);
}
