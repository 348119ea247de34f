using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Ringfence.Config.Tests.Rules;

/// <summary>
/// Every rule of the specification is named by a test or left out with a reason. The list of rules is all-rules.txt; docs/rule-coverage.txt
/// shows which tests name which rule.
/// </summary>
public sealed partial class RuleCoverageTests
{
    private const string Folder = "tests/Ringfence.Config.Tests/Rules/";
    private const string AllRules = Folder + "all-rules.txt";
    private const string LeftOut = Folder + "left-out.txt";
    private const string CliTests = "tests/Ringfence.Cli.Tests";

    [Fact]
    public void Every_rule_has_a_test_or_a_reason_why_not()
    {
        var (covered, leftOut) = (Covered(), Reasons());

        AssertNone(Rules().Where(id => !covered.ContainsKey(id) && !leftOut.ContainsKey(id)).Select(id => $"{id} is named by no test, and {LeftOut} does not give a reason"));
    }

    [Fact]
    public void No_rule_has_both() =>
        AssertNone(Covered().Keys.Intersect(Reasons().Keys).Select(id => $"{id} is named by a test: take it out of {LeftOut}"));

    [Fact]
    public void Tests_and_reasons_name_rules_that_exist() => AssertNone(
        Covered().Keys.Where(id => !IsOfAnotherDocument(id)).Concat(Reasons().Keys).Except(Rules()).Select(id => $"{id} is not in {AllRules}"));

    [Fact]
    public void Reasons_are_written_as_they_should_be()
    {
        var lines = Lines(LeftOut);

        AssertNone(lines.Where(line => line.Split('\t') is not [_, { Length: >= 20 }]).Select(line => $"'{line}' is not an id, a tab and a reason"));
        AssertNone(lines.CountBy(line => line.Split('\t')[0]).Where(e => e.Value > 1).Select(e => $"{e.Key} is there {e.Value} times"));
    }

    /// <summary>The specification is not part of the repository; where it lies beside the checkout, the list is compared with it.</summary>
    [Fact]
    public void The_list_of_rules_is_that_of_the_specification()
    {
        var specification = RepositoryRoot.At("../shared/spec/config-language.md");
        if (!File.Exists(specification))
            return;

        Assert.Equal(File.ReadLines(specification).Select(line => RuleAtStart().Match(line)).Where(m => m.Success).Select(m => m.Value), Rules());
    }

    [Fact]
    public void The_coverage_is_written_down()
    {
        var (covered, leftOut) = (Covered(), Reasons());
        var text = new StringBuilder();
        foreach (var id in Rules())
        {
            var shown = covered.TryGetValue(id, out var tests) ? string.Join(", ", tests) : $"left out: {leftOut.GetValueOrDefault(id, "no reason")}";
            text.Append(CultureInfo.InvariantCulture, $"{id}\t{shown}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"total\t{Rules().Count(covered.ContainsKey)} of {Rules().Length} rules have tests, {leftOut.Count} are left out\n");
        Golden.Check(text.ToString(), "docs/rule-coverage.txt");
    }

    private static string[] Rules() => Lines(AllRules);

    private static Dictionary<string, string> Reasons() => Lines(LeftOut).DistinctBy(line => line.Split('\t')[0]).ToDictionary(line => line.Split('\t')[0], line => line.Split('\t')[^1]);

    /// <summary>The tests that name a rule, by the rule.</summary>
    private static Dictionary<string, SortedSet<string>> Covered()
    {
        var covered = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var (id, test) in InThisAssembly().Concat(InSourcesOfTheCli()))
        {
            if (!covered.TryGetValue(id, out var tests))
                covered[id] = tests = new SortedSet<string>(StringComparer.Ordinal);
            tests.Add(test);
        }

        return covered;
    }

    private static IEnumerable<(string Id, string Test)> InThisAssembly() =>
        from type in typeof(RuleCoverageTests).Assembly.GetTypes()
        from member in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly).Prepend((MemberInfo)type)
        from rule in member.GetCustomAttributes<RuleAttribute>(inherit: false)
        from id in rule.Ids
        select (id, member is Type ? type.Name : $"{type.Name}.{member.Name}");

    private static IEnumerable<(string Id, string Test)> InSourcesOfTheCli() =>
        from path in Directory.EnumerateFiles(RepositoryRoot.At(CliTests), "*Tests.cs", SearchOption.AllDirectories)
        let text = File.ReadAllText(path)
        let type = Path.GetFileNameWithoutExtension(path)
        from Match rule in RuleInSource().Matches(text)
        let declared = Declaration().Match(text, rule.Index + rule.Length)
        from Match id in RuleId().Matches(rule.Value)
        select (id.Value, declared.Groups[1].Value == type ? type : $"{type}.{declared.Groups[1].Value}");

    /// <summary>EXP- is the expression language of contexts, in the specification of security.</summary>
    private static bool IsOfAnotherDocument(string id) => id.StartsWith("EXP-", StringComparison.Ordinal);

    private static string[] Lines(string path) => [.. File.ReadLines(RepositoryRoot.At(path)).Where(line => line.Length > 0)];

    private static void AssertNone(IEnumerable<string> problems)
    {
        var all = problems.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    [GeneratedRegex(@"\ACL-[0-9]+\.[0-9]+[a-z]?", RegexOptions.NonBacktracking)]
    private static partial Regex RuleAtStart();

    [GeneratedRegex(@"CL-[0-9]+\.[0-9]+[a-z]?", RegexOptions.NonBacktracking)]
    private static partial Regex RuleId();

    [GeneratedRegex(@"\[Rule\([^)]*\)\]", RegexOptions.NonBacktracking)]
    private static partial Regex RuleInSource();

    [GeneratedRegex(@"\b(?:class|void|Task|ValueTask) ([A-Z]\w*)", RegexOptions.NonBacktracking)]
    private static partial Regex Declaration();
}
