namespace Ringfence.Agent.InJob.Splitting;

/// <summary>
/// Brings the ways to write a file's path to one: test programs report <c>spec/a.rb</c>, <c>./spec/a.rb</c> or an absolute path for what the script calls by another of these.
/// </summary>
internal sealed class TestPath(string workingDirectory)
{
    private readonly string _root = workingDirectory.TrimEnd('/') + "/";

    /// <summary>The path below the working directory, without <c>./</c> before it; a name that is no such path stays as it is.</summary>
    public string Plain(string name)
    {
        var start = name.StartsWith(_root, StringComparison.Ordinal) ? _root.Length : 0;
        while (string.CompareOrdinal(name, start, "./", 0, 2) == 0)
            start += 2;
        return name[start..];
    }
}
