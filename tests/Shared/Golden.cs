using Xunit.Sdk;

namespace Ringfence.Tests.Shared;

/// <summary>Compares a text with a checked-in file. <c>./dev golden</c> rewrites the files; the diff is the review.</summary>
internal static class Golden
{
    private const string Switch = "RINGFENCE_GOLDEN";

    /// <param name="actual">The text as produced now; line ends are compared as LF.</param>
    /// <param name="relativePath">The file, named from the root of the repository.</param>
    public static void Check(string actual, string relativePath)
    {
        var file = RepositoryRoot.At(relativePath);
        actual = Normalized(actual);
        if (Environment.GetEnvironmentVariable(Switch) == "accept")
        {
            Accept(actual, file);
            return;
        }

        if (!File.Exists(file))
            throw new XunitException($"{relativePath} does not exist. Run './dev golden' and read what it adds.");

        var expected = Normalized(File.ReadAllText(file));
        if (actual != expected)
            throw new XunitException(Difference(expected, actual, relativePath));
    }

    private static string Normalized(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

    private static void Accept(string actual, string file)
    {
        if (File.Exists(file) && Normalized(File.ReadAllText(file)) == actual)
            return;

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, actual);
    }

    private static string Difference(string expected, string actual, string relativePath)
    {
        var (before, now) = (expected.Split('\n'), actual.Split('\n'));
        var line = 0;
        while (line < before.Length && line < now.Length && before[line] == now[line])
            line++;

        return $"""
            {relativePath} differs from line {line + 1}. If the new text is right, run './dev golden'.
              file: {At(before, line)}
              now:  {At(now, line)}
            """;
    }

    private static string At(string[] lines, int index) => index < lines.Length ? lines[index] : "(end)";
}
