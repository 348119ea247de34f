using Ringfence.Cli.Git;

namespace Ringfence.Cli.Commands;

/// <summary>The config when a command is given none.</summary>
internal static class DefaultConfig
{
    /// <summary>Where it lies in a project.</summary>
    public const string Path = ".circleci/config.yml";

    /// <summary>The path to it from where the user stands: in that folder or, in a git working copy, in the nearest one around it that has a config; <see cref="Path"/> when none has.</summary>
    public static string Of(Surroundings surroundings)
    {
        // No further up than the working copy: what lies above it is not the user's project, and may be another user's.
        var top = GitFolder.Find(surroundings.WorkingDirectory)?.Root ?? surroundings.WorkingDirectory;
        for (var folder = surroundings.WorkingDirectory; folder is not null; folder = folder == top ? null : System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, Path)))
                return System.IO.Path.GetRelativePath(surroundings.WorkingDirectory, System.IO.Path.Combine(folder, Path));
        }

        return Path;
    }
}
