using Ringfence.Cli.Commands;
using Ringfence.Cli.Git;
using Ringfence.Cli.Input;

namespace Ringfence.Cli.Local;

/// <summary>The project of the folder that a user stands in.</summary>
/// <param name="Slug">Its name, such as <c>gh/acme/app</c>.</param>
/// <param name="Folder">Its folder.</param>
internal sealed record CurrentProject(string Slug, string Folder)
{
    private const string ConfigFolder = ".circleci";

    /// <summary>Its organization.</summary>
    public string Organization => OrganizationOf(Slug);

    /// <summary>Finds it: by the remote of the git repository, or else by the folder that holds the config.</summary>
    public static CurrentProject Of(Surroundings surroundings)
    {
        var folder = FolderOf(surroundings.WorkingDirectory);
        var settings = new CompileSettings { Path = DefaultConfig.Path };
        return new CurrentProject(ProjectName.Of(LocalValues.Of(GitReader.Read(folder, surroundings), [], settings), folder), folder);
    }

    /// <summary>The organization of a project: all of its slug but the last part.</summary>
    public static string OrganizationOf(string slug) => slug.LastIndexOf('/') is > 0 and var cut ? slug[..cut] : slug;

    private static string FolderOf(string start)
    {
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(Path.Combine(folder, ConfigFolder)))
                return folder;
        }

        return GitFolder.Find(start)?.Root ?? start;
    }
}
