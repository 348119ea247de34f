namespace Ringfence.Tests.Shared;

/// <summary>The folder that holds Ringfence.slnx, found upwards from the test's own assembly.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    /// <summary>The full path of a file or folder named from the root with forward slashes.</summary>
    public static string At(string relativePath) => System.IO.Path.Combine(Path, relativePath);

    /// <summary>Above the assembly, or above the folder of the shell where the build was told to put its output elsewhere.</summary>
    private static string Find() =>
        Above(AppContext.BaseDirectory) ?? Above(Environment.GetEnvironmentVariable("PWD") ?? "/")
        ?? throw new InvalidOperationException($"No Ringfence.slnx in a folder above {AppContext.BaseDirectory}.");

    private static string? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Ringfence.slnx")))
                return folder.FullName;
        }

        return null;
    }
}
