using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Ringfence.House.Tests.Docs;

/// <summary>
/// Every rule of how pipelines run (EX-…) and of how secrets are kept (CTX-, EXP-, ACT-, ENV-, MSK-, FORK-, INC-…) is named by a test of any
/// project, or left out with a reason. docs/execution-coverage.txt and docs/security-coverage.txt show which tests name which rule.
/// </summary>
public sealed partial class RuleTests
{
    [Theory]
    [InlineData("execution")]
    [InlineData("security")]
    public void Every_rule_has_a_test_or_a_reason_why_not_and_none_has_both(string family)
    {
        var (covered, reasons, rules) = (Covered(family), Reasons(family), Rules(family));
        Repository.AssertNone(
        [
            .. rules.Where(id => !covered.ContainsKey(id) && !reasons.ContainsKey(id)).Select(id => $"{id} is named by no test, and {LeftOut(family)} gives no reason"),
            .. covered.Keys.Intersect(reasons.Keys).Select(id => $"{id} is named by a test: take it out of {LeftOut(family)}"),
            .. covered.Keys.Concat(reasons.Keys).Except(rules).Select(id => $"{id} is not in the list of rules"),
            .. reasons.Where(r => r.Value.Length < 20).Select(r => $"{r.Key} has no reason worth the name"),
        ]);
    }

    /// <summary>The specification is not part of the repository; where it lies beside the checkout, the list is compared with it.</summary>
    [Theory]
    [InlineData("execution", "execution.md")]
    [InlineData("security", "security.md", "incident.md")]
    public void The_list_of_rules_is_that_of_the_specification(string family, params string[] files)
    {
        var specification = files.Select(file => RepositoryRoot.At("../shared/spec/" + file)).ToList();
        if (specification.TrueForAll(File.Exists))
            Assert.Equal(specification.SelectMany(File.ReadLines).Select(line => AtStart(family).Match(line)).Where(m => m.Success).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal), Rules(family).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("execution")]
    [InlineData("security")]
    public void The_coverage_is_written_down(string family)
    {
        var (covered, reasons) = (Covered(family), Reasons(family));
        var text = new StringBuilder();
        foreach (var id in Rules(family))
        {
            var shown = covered.TryGetValue(id, out var tests) ? string.Join(", ", tests) : $"left out: {reasons.GetValueOrDefault(id, "no reason")}";
            text.Append(CultureInfo.InvariantCulture, $"{id}\t{shown}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"total\t{Rules(family).Count(covered.ContainsKey)} of {Rules(family).Length} rules have tests, {reasons.Count} are left out\n");
        Golden.Check(text.ToString(), $"docs/{family}-coverage.txt");
    }

    private static string LeftOut(string family) => $"tests/Ringfence.House.Tests/Docs/{family}-rules-left-out.txt";

    private static string[] Rules(string family) => [.. Repository.Lines($"tests/Ringfence.House.Tests/Docs/{family}-rules.txt").Where(line => line.Length > 0)];

    private static Dictionary<string, string> Reasons(string family) => Repository.Lines(LeftOut(family)).Where(line => line.Length > 0).Select(line => line.Split('\t')).ToDictionary(cells => cells[0], cells => cells[^1]);

    private static Regex AtStart(string family) => family == "execution" ? ExecutionRuleAtStart() : SecurityRuleAtStart();

    private static Dictionary<string, SortedSet<string>> Covered(string family)
    {
        var covered = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var path in Repository.Sources("tests"))
        {
            var (text, type) = (Repository.Read(path), Path.GetFileNameWithoutExtension(path).Split('.')[0]);
            foreach (Match rule in RuleInSource().Matches(text))
            {
                var declared = Declaration().Match(text, rule.Index + rule.Length).Groups[1].Value;
                foreach (Match id in (family == "execution" ? ExecutionRule() : SecurityRule()).Matches(rule.Value))
                {
                    if (!covered.TryGetValue(id.Value, out var tests))
                        covered[id.Value] = tests = new SortedSet<string>(StringComparer.Ordinal);
                    tests.Add(declared == type ? type : $"{type}.{declared}");
                }
            }
        }

        return covered;
    }

    [GeneratedRegex(@"\A(EX-[0-9]+\.[0-9]+[a-z]?)", RegexOptions.NonBacktracking)]
    private static partial Regex ExecutionRuleAtStart();

    [GeneratedRegex(@"\A- \*\*((?:INC|CTX|EXP|ENV|MSK|FORK|ACT)-[0-9]+)\b", RegexOptions.NonBacktracking)]
    private static partial Regex SecurityRuleAtStart();

    [GeneratedRegex(@"EX-[0-9]+\.[0-9]+[a-z]?", RegexOptions.NonBacktracking)]
    private static partial Regex ExecutionRule();

    [GeneratedRegex(@"\b(?:INC|CTX|EXP|ENV|MSK|FORK|ACT)-[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex SecurityRule();

    [GeneratedRegex(@"\bRule\([^)]*\)", RegexOptions.NonBacktracking)]
    private static partial Regex RuleInSource();

    [GeneratedRegex(@"\b(?:class|void|Task|ValueTask) ([A-Z]\w*)", RegexOptions.NonBacktracking)]
    private static partial Regex Declaration();
}
