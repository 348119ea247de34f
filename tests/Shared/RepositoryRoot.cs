namespace Ringfence.Tests.Shared;

/// <summary>The folder that holds Ringfence.slnx, found upwards from the test's own assembly.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    /// <summary>The full path of a file or folder named from the root with forward slashes.</summary>
    public static string At(string relativePath) => System.IO.Path.Combine(Path, relativePath);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Ringfence.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No Ringfence.slnx in a folder above {AppContext.BaseDirectory}.");
    }
}
