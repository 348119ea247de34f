namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>What is written on every container, network and volume, so that it can be found again.</summary>
internal static class DockerLabels
{
    public const string Run = "ringfence.run";
    public const string Job = "ringfence.job";
    public const string Owner = "ringfence.owner";
    public const string Place = "ringfence.place";

    /// <summary>The labels of what belongs to a job.</summary>
    public static Dictionary<string, string> Of(SandboxRequest request, RunOwner owner) => new(StringComparer.Ordinal)
    {
        [Run] = request.RunId,
        [Job] = request.Id,
        [Owner] = owner.ToString(),
        [Place] = owner.Place,
    };

    /// <summary>The engine's filter for things that have these labels.</summary>
    public static Dictionary<string, IDictionary<string, bool>> Filter(params ReadOnlySpan<string> labels)
    {
        var wanted = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var label in labels)
            wanted[label] = true;
        return new(StringComparer.Ordinal) { ["label"] = wanted };
    }
}
