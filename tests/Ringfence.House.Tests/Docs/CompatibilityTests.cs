using System.Text.RegularExpressions;

namespace Ringfence.House.Tests.Docs;

public sealed partial class CompatibilityTests
{
    private static readonly string[] Header = ["id", "state", "test", "note"];

    [Fact]
    public void Rows_are_well_formed()
    {
        var rows = Compatibility.Rows();

        Assert.Equal(Header, Repository.Lines(Compatibility.File)[0].Split('\t'));
        Repository.AssertNone(
        [
            .. rows.Where(row => !Id().IsMatch(row.Id)).Select(row => $"line {row.Line}: {row.Id} is no id"),
            .. rows.Where(row => !Compatibility.States.Contains(row.State)).Select(row => $"line {row.Line}: {row.State} is no state"),
            .. rows.Where(row => row.State != "yes" && row.Note.Trim().Length == 0).Select(row => $"line {row.Line}: a note has to say what is missing"),
            .. rows.CountBy(row => row.Id).Where(entry => entry.Value > 1).Select(entry => $"{entry.Key} is there {entry.Value} times"),
        ]);
    }

    [Fact]
    public void Every_claim_names_a_test_that_exists()
    {
        var tests = TestNames();

        Repository.AssertNone(
            from row in Compatibility.Rows()
            from name in row.Test.Split(',', StringSplitOptions.TrimEntries)
            where row.State == "no" ? name is not ("-" or "") && !tests.Contains(name) : !tests.Contains(name)
            select $"line {row.Line}: {row.Id} names the test '{name}', which does not exist");
    }

    [Fact]
    public void Every_fault_names_a_test_that_exists()
    {
        var tests = TestNames();
        var rows = Repository.Lines("docs/faults.md").Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToList();

        Repository.AssertNone(
        [
            .. rows.Where(row => !NamedTest().IsMatch(row)).Select(row => $"no test is named: {row}"),
            .. rows.SelectMany(row => NamedTest().Matches(row)).Select(match => match.Groups[1].Value).Where(name => !tests.Contains(name)).Select(name => $"the test {name} does not exist"),
        ]);
    }

    [Fact]
    public void Test_names_are_found() =>
        Assert.Contains($"{nameof(CompatibilityTests)}.{nameof(Test_names_are_found)}", TestNames());

    /// <summary>The list of features is not part of the repository; where it lies beside the checkout, the ids are compared with it.</summary>
    [Fact]
    public void Ids_are_those_of_the_feature_list()
    {
        var lists = RepositoryRoot.At("../shared/features");
        if (!Directory.Exists(lists))
            return;

        var known = Directory.EnumerateFiles(lists, "*.tsv").SelectMany(File.ReadLines).Select(line => line.Split('\t')[0]).ToHashSet();
        Repository.AssertNone(Compatibility.Rows().Where(row => !known.Contains(row.Id)).Select(row => $"line {row.Line}: {row.Id} is in no list"));
    }

    [Fact]
    public void The_readme_shows_the_counts()
    {
        var readme = Repository.Read("README.md");
        var begin = readme.IndexOf(Compatibility.Begin, StringComparison.Ordinal) + Compatibility.Begin.Length;
        var end = readme.IndexOf(Compatibility.End, StringComparison.Ordinal);
        Assert.InRange(end, begin, readme.Length);

        Golden.Check($"{readme[..begin]}\n{Compatibility.Table(Compatibility.Rows())}{readme[end..]}", "README.md");
    }

    private static HashSet<string> TestNames() =>
    [
        .. from path in Repository.Sources("tests")
           let text = Repository.Read(path)
           from type in Sources.TypeDeclaration.In(path)
           where type.IsTopLevel
           from Match method in Method().Matches(text)
           select $"{type.Name}.{method.Groups[1].Value}",
    ];

    [GeneratedRegex(@"`([A-Z]\w+Tests\.[A-Z]\w+)`", RegexOptions.NonBacktracking)]
    private static partial Regex NamedTest();

    [GeneratedRegex("^[A-Z]-[a-z0-9.-]+-[0-9]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Id();

    [GeneratedRegex(@"^    public (?:async )?[A-Za-z]+ ([A-Z]\w*)\(", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Method();
}
