namespace Ringfence.Cli.Git;

/// <summary>Where git keeps a working copy's state: its own folder, and the one it shares with other worktrees.</summary>
/// <param name="Root">The top folder of the working copy.</param>
/// <param name="Own">Holds HEAD.</param>
/// <param name="Shared">Holds refs and config.</param>
internal sealed record GitFolder(string Root, string Own, string Shared)
{
    private const int MostText = 4096;

    /// <summary>Looks for the working copy around a folder, upwards; null when there is none.</summary>
    public static GitFolder? Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            var git = Path.Combine(folder.FullName, ".git");
            if (Directory.Exists(git))
                return new GitFolder(folder.FullName, git, SharedOf(git));

            // Worktrees and submodules have a file that names the folder.
            if (SmallFile.Read(git, MostText) is { } text && text.StartsWith("gitdir: ", StringComparison.Ordinal))
            {
                var own = Path.GetFullPath(text["gitdir: ".Length..].Trim(), folder.FullName);
                return Directory.Exists(own) ? new GitFolder(folder.FullName, own, SharedOf(own)) : null;
            }
        }

        return null;
    }

    private static string SharedOf(string own) =>
        SmallFile.Read(Path.Combine(own, "commondir"), MostText) is { } text ? Path.GetFullPath(text.Trim(), own) : own;
}
