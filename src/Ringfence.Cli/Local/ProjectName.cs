using System.Buffers;
using Ringfence.Cli.Git;
using Ringfence.Config.Values;
using Ringfence.Runner.Blobs;

namespace Ringfence.Cli.Local;

/// <summary>The name by which the caches, numbers and runs of a project are kept apart from others'.</summary>
internal static class ProjectName
{
    private const string Unknown = "gh/repo-owner/repo-name";
    private const string Setting = "ringfence.project";
    private const int Longest = 100;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>
    /// The project's slug when its repository has a remote; otherwise the name that <c>git config ringfence.project</c> gives it, or one made from its folder.
    /// Like the remote it is a setting of the repository and no file of it: what is committed may not choose whose secrets it gets.
    /// </summary>
    /// <param name="values">The pipeline's values.</param>
    /// <param name="folder">The folder of the working copy.</param>
    public static string Of(PipelineValues values, string folder) =>
        values.TryGet("pipeline.project.slug", out var value) && value.TryGetString(out var slug) && slug is not (Unknown or "")
            ? slug
            : $"local/{Given(folder) ?? $"{Path.GetFileName(folder.TrimEnd('/'))}-{FolderName.Hash(folder)[..8]}"}";

    // As git has it, the last one counts.
    private static string? Given(string folder) =>
        GitFolder.Find(folder) is { } place
        && GitConfigText.ReadFile(Path.Combine(place.Shared, "config")).LastOrDefault(setting => setting.Name == Setting).Value is { Length: > 0 and <= Longest } name
        && name[0] != '.' && !name.AsSpan().ContainsAnyExcept(Allowed)
            ? name
            : null;
}
