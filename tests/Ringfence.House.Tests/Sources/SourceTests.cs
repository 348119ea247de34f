using System.Text.RegularExpressions;

namespace Ringfence.House.Tests.Sources;

/// <summary>The rules of CONTRIBUTING.md that a text search can check.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 500;
    private const string Exceptions = "tests/Ringfence.House.Tests/long-files.txt";

    // An ending says what a thing is. These say nothing.
    private static readonly string[] EmptyEndings =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Processor", "Common", "Base", "Impl", "Data", "Info", "Service"];

    [Fact]
    public void Files_are_short_or_have_a_reason()
    {
        var reasons = Repository.Lines(Exceptions).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ', 2))
            .ToDictionary(parts => parts[0], parts => parts.ElementAtOrDefault(1) ?? "");
        var tooLong = Repository.Sources().Where(path => Repository.Lines(path).Length > LongestFile).ToList();

        Repository.AssertNone(
        [
            .. tooLong.Except(reasons.Keys).Select(path => $"{path} has more than {LongestFile} lines: split it, or give a reason in {Exceptions}"),
            .. reasons.Keys.Except(tooLong).Select(path => $"{path} is not long any more: take it out of {Exceptions}"),
            .. reasons.Where(entry => entry.Value.Trim().Length < 10).Select(entry => $"{entry.Key} has no reason in {Exceptions}"),
        ]);
    }

    [Fact]
    public void Type_names_end_in_a_word_that_says_something() => Repository.AssertNone(
        from type in Types()
        let ending = EmptyEndings.FirstOrDefault(word => type.Name.EndsWith(word, StringComparison.Ordinal))
        where ending is not null
        select $"{type.Path}:{type.Line}: {type.Name} ends in {ending}");

    [Fact]
    public void Every_public_type_says_what_it_is() => Repository.AssertNone(
        from path in Repository.Sources("src")
        let types = TypeDeclaration.In(path)
        where types.Any(type => type is { IsTopLevel: true, IsPublic: true })
        from type in types
        where type is { IsPublic: true, HasSummary: false }
        select $"{path}:{type.Line}: {type.Name} has no summary");

    [Fact]
    public void A_file_has_one_public_type_and_its_name() => Repository.AssertNone(
        from path in Repository.Sources("src")
        let types = TypeDeclaration.In(path).Where(type => type is { IsTopLevel: true, IsPublic: true }).Select(type => type.Name).Distinct().ToList()
        let name = Path.GetFileName(path).Split('.')[0]
        where types.Count > 1 || (types.Count == 1 && types[0] != name)
        select $"{path} declares {string.Join(", ", types)}");

    [Fact]
    public void There_are_no_regions() => Repository.AssertNone(Lines(Region()));

    [Fact]
    public void What_is_left_to_do_has_an_issue() => Repository.AssertNone(Lines(Unfinished()).Where(line => !IssueLink().IsMatch(line)));

    [Fact]
    public void Tests_do_not_wait_for_the_clock() => Repository.AssertNone(Lines(Sleep()));

    /// <summary>The search above has to find what it looks for.</summary>
    [Theory]
    [InlineData("public sealed record Digest(int A);", "Digest", true)]
    [InlineData("public readonly record struct JobId(Guid Value)", "JobId", true)]
    [InlineData("internal static partial class Printer", "Printer", false)]
    [InlineData("[Flags] public enum Parts", "Parts", true)]
    [InlineData("public delegate int Count(string text);", "Count", true)]
    public void Finds_declarations(string line, string name, bool isPublic)
    {
        var folder = Directory.CreateTempSubdirectory("ringfence-types-");
        try
        {
            var path = Path.Combine(folder.FullName, "x.cs");
            File.WriteAllText(path, $"/// <summary>Something.</summary>\n{line}\n");
            var type = Assert.Single(TypeDeclaration.In(path));

            Assert.Equal((name, isPublic, true, true), (type.Name, type.IsPublic, type.IsTopLevel, type.HasSummary));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<TypeDeclaration> Types() => Repository.Sources().SelectMany(TypeDeclaration.In);

    private static IEnumerable<string> Lines(Regex pattern) =>
        from path in Repository.Sources()
        from line in Repository.Lines(path).Index()
        where pattern.IsMatch(line.Item)
        select $"{path}:{line.Index + 1}: {line.Item.Trim()}";

    [GeneratedRegex(@"^\s*#\s*(end)?region\b")]
    private static partial Regex Region();

    [GeneratedRegex(@"//.*\b([T]ODO|[F]IXME)\b", RegexOptions.NonBacktracking)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"https://\S+/issues/[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex IssueLink();

    [GeneratedRegex(@"^[^/""]*\b(Thread\.Sleep|SpinWait\.SpinUntil|Task\.Delay\([^,)]*\))", RegexOptions.NonBacktracking)]
    private static partial Regex Sleep();
}
