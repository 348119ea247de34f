using Ringfence.Config.Values;
using Ringfence.Runner.Blobs;

namespace Ringfence.Cli.Local;

/// <summary>The name by which the caches, numbers and runs of a project are kept apart from others'.</summary>
internal static class ProjectName
{
    private const string Unknown = "gh/repo-owner/repo-name";

    /// <summary>The project's slug when its repository has a remote; otherwise a name made from its folder.</summary>
    /// <param name="values">The pipeline's values.</param>
    /// <param name="folder">The folder of the working copy.</param>
    public static string Of(PipelineValues values, string folder) =>
        values.TryGet("pipeline.project.slug", out var value) && value.TryGetString(out var slug) && slug is not (Unknown or "")
            ? slug
            : $"local/{Path.GetFileName(folder.TrimEnd('/'))}-{FolderName.Hash(folder)[..8]}";
}
