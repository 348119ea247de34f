namespace Ringfence.House.Tests;

/// <summary>The files of this repository, named from its root with forward slashes; what builds produce is left out.</summary>
internal static class Repository
{
    private static readonly string[] Folders = ["src", "tests", "bench", "fuzz"];
    private static readonly string[] Produced = ["bin", "obj", "artifacts", ".git"];

    public static string[] Sources(params string[] folders) =>
        [.. (folders is [] ? Folders : folders).SelectMany(folder => Files(folder, "*.cs")).Order(StringComparer.Ordinal)];

    public static string[] Projects() => [.. Folders.SelectMany(folder => Files(folder, "*.csproj")).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Files(string folder, string pattern)
    {
        var start = RepositoryRoot.At(folder);
        return Directory.Exists(start)
            ? Directory.EnumerateFiles(start, pattern, SearchOption.AllDirectories).Select(Named).Where(IsKept)
            : [];
    }

    public static string Read(string path) => File.ReadAllText(RepositoryRoot.At(path));

    public static string[] Lines(string path) => File.ReadAllLines(RepositoryRoot.At(path));

    public static bool Holds(string path) => File.Exists(RepositoryRoot.At(path)) || Directory.Exists(RepositoryRoot.At(path));

    /// <summary>Fails with every problem, not only the first.</summary>
    public static void AssertNone(IEnumerable<string> problems)
    {
        var all = problems.ToList();
        if (all.Count > 0)
            Assert.Fail(string.Join('\n', all));
    }

    private static string Named(string fullPath) => Path.GetRelativePath(RepositoryRoot.Path, fullPath).Replace('\\', '/');

    private static bool IsKept(string path) => !path.Split('/').Any(Produced.Contains);
}
