namespace Ringfence.Agent.Processes;

/// <summary>Finds a program as a shell would.</summary>
internal static class ProgramSearch
{
    /// <summary>The path of a program; null when there is none that can be executed.</summary>
    /// <param name="name">A path when it has a slash, otherwise a name that is looked up.</param>
    /// <param name="path">The folders to look in, with colons between them.</param>
    /// <param name="directory">What a relative path is relative to.</param>
    public static string? Find(string name, string path, string directory)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            var full = Path.Combine(directory, name);
            return IsExecutable(full) ? full : null;
        }

        return path.Split(':').Where(folder => folder.Length > 0).Select(folder => Path.Combine(directory, folder, name)).FirstOrDefault(IsExecutable);
    }

    /// <summary>Whether a file may be executed by someone.</summary>
    public static bool IsExecutable(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
