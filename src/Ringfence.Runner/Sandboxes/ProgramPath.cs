namespace Ringfence.Runner.Sandboxes;

/// <summary>Finds programs of this machine.</summary>
internal static class ProgramPath
{
    /// <summary>Where systems keep their programs.</summary>
    public const string Usual = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin";

    /// <summary>The path of a program; null when it is not there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="searchPath">The folders to look in, with colons between them.</param>
    public static string? Find(string name, string searchPath) =>
        searchPath.Split(':').Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
