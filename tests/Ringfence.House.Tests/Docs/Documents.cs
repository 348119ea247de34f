using System.Text.RegularExpressions;

namespace Ringfence.House.Tests.Docs;

/// <summary>What our documents name: paths in backticks, commands such as <c>./test</c>, and links to files.</summary>
internal static partial class Documents
{
    private static readonly string[] AtTheRoot = ["README.md", "ARCHITECTURE.md", "THREATMODEL.md", "CONTRIBUTING.md", "CHANGELOG.md"];

    // A name that ends so is one of ours; others, such as config.yml, are the reader's own files.
    private static readonly string[] OurExtensions = [".md", ".cs", ".csproj", ".props", ".targets", ".slnx", ".sh", ".tsv"];

    public static IEnumerable<string> All() => AtTheRoot.Concat(Repository.Files("docs", "*.md").Order(StringComparer.Ordinal));

    public static IEnumerable<string> PathsIn(string text)
    {
        text = Fenced().Replace(text, "");
        var quoted = Quoted().Matches(text).Select(match => match.Groups[1].Value).Where(IsOurs);
        var linked = Linked().Matches(text).Select(match => match.Groups[1].Value).Where(IsFile);
        return quoted.Concat(linked).Select(WithoutArguments).Distinct();
    }

    /// <summary>Whether the path exists, seen from the root, from the document, or, for a bare name, anywhere in the sources.</summary>
    public static bool IsThere(string path, string document)
    {
        var folder = Path.GetDirectoryName(document) ?? "";
        return Repository.Holds(path) || Repository.Holds(Path.Combine(folder, path)) || IsBareNameOfASource(path);
    }

    private static bool IsOurs(string text)
    {
        if (text.StartsWith("./", StringComparison.Ordinal))
            return !text.StartsWith("./artifacts/", StringComparison.Ordinal);
        if (!PathCharacters().IsMatch(text) || text.StartsWith("artifacts/", StringComparison.Ordinal))
            return false;

        return OurExtensions.Contains(Path.GetExtension(text)) || (text.Contains('/', StringComparison.Ordinal) && IsKnownFolder(text.Split('/')[0]));
    }

    // The project's own CI is .ci; .circleci is the reader's.
    private static bool IsKnownFolder(string name) => name.Length > 0 && Directory.Exists(RepositoryRoot.At(name)) && name is not (".circleci" or ".git");

    private static bool IsFile(string target) => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#') && !target.StartsWith("mailto:", StringComparison.Ordinal);

    private static string WithoutArguments(string text) => text.Split(' ', '#')[0];

    private static bool IsBareNameOfASource(string path) =>
        !path.Contains('/', StringComparison.Ordinal) && Repository.Sources().Concat(Repository.Projects()).Any(source => Path.GetFileName(source) == path);

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex("`([^`\n]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex Linked();

    [GeneratedRegex(@"^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*/?$", RegexOptions.NonBacktracking)]
    private static partial Regex PathCharacters();
}
