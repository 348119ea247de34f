namespace Ringfence.Config.Tests;

/// <summary>Finds the folders of the test corpus that lies beside the repository, in <c>../shared/corpus</c>. It is never copied into it.</summary>
internal static class Corpus
{
    /// <summary>The path of a folder of the corpus; null when it is not here.</summary>
    public static string? Folder(string name)
    {
        var path = Path.GetFullPath(RepositoryRoot.At($"../shared/corpus/{name}"));
        return Directory.Exists(path) ? path : null;
    }

    /// <summary>The path of a folder of the corpus; skips the test when it is not here.</summary>
    public static string Require(string name)
    {
        if (Folder(name) is { } path)
            return path;

        Assert.Skip("../shared/corpus is not here");
        return "";
    }
}
