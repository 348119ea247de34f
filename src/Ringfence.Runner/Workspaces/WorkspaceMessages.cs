using System.Collections.Immutable;

namespace Ringfence.Runner.Workspaces;

/// <summary>The log lines of <c>persist_to_workspace</c> and <c>attach_workspace</c>.</summary>
public static class WorkspaceMessages
{
    private const int MostFiles = 100;

    /// <summary>Before the layers are read (EX-7.57).</summary>
    public const string Downloading = "Downloading workspace layers";

    /// <summary>Before the layers are unpacked (EX-7.57).</summary>
    public const string Applying = "Applying workspace layers";

    /// <summary>No upstream job persisted anything (EX-7.59).</summary>
    public const string Empty = "Warning: the workspace is empty, because no upstream job has persisted anything to it.";

    /// <summary>The step fails (EX-7.57).</summary>
    public static string Conflict(ImmutableArray<string> files) => string.Join('\n',
    [
        "Concurrent upstream jobs persisted the same file(s) into the workspace:",
        .. files.Take(MostFiles).Select(file => $"  - {file}"),
        .. files.Length > MostFiles ? [$"  and {files.Length - MostFiles} more"] : Array.Empty<string>(),
    ]);

    /// <summary>The step fails (EX-7.55).</summary>
    public static string NoMatch(string root) => $"The specified paths did not match any files in {root}";

    /// <summary>The step fails (EX-7.55).</summary>
    public static string NoRoot(string root) => $"Error locating workspace root directory: stat {root}: no such file or directory";

    /// <summary>The step fails: where another job would find that file, the config does not say (EX-7.54).</summary>
    public static string Outside(string root, string path) => $"{path} is outside of the workspace's root {root}: paths are relative to it. Choose a root that holds all of them.";
}
