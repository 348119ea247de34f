using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Ringfence.House.Tests.Docs;

/// <summary>
/// Every rule of how pipelines run (EX-…) is named by a test of any project, or left out with a reason. docs/execution-coverage.txt shows
/// which tests name which rule.
/// </summary>
public sealed partial class ExecutionRuleTests
{
    private const string AllRules = "tests/Ringfence.House.Tests/Docs/execution-rules.txt";
    private const string LeftOut = "tests/Ringfence.House.Tests/Docs/execution-rules-left-out.txt";

    [Fact]
    public void Every_rule_has_a_test_or_a_reason_why_not_and_none_has_both()
    {
        var (covered, reasons) = (Covered(), Reasons());
        Repository.AssertNone(
        [
            .. Rules().Where(id => !covered.ContainsKey(id) && !reasons.ContainsKey(id)).Select(id => $"{id} is named by no test, and {LeftOut} gives no reason"),
            .. covered.Keys.Intersect(reasons.Keys).Select(id => $"{id} is named by a test: take it out of {LeftOut}"),
            .. covered.Keys.Concat(reasons.Keys).Except(Rules()).Select(id => $"{id} is not in {AllRules}"),
            .. reasons.Where(r => r.Value.Length < 20).Select(r => $"{r.Key} has no reason worth the name"),
        ]);
    }

    /// <summary>The specification is not part of the repository; where it lies beside the checkout, the list is compared with it.</summary>
    [Fact]
    public void The_list_of_rules_is_that_of_the_specification()
    {
        var specification = RepositoryRoot.At("../shared/spec/execution.md");
        if (File.Exists(specification))
            Assert.Equal(File.ReadLines(specification).Select(line => RuleAtStart().Match(line)).Where(m => m.Success).Select(m => m.Value).Order(StringComparer.Ordinal), Rules().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_coverage_is_written_down()
    {
        var (covered, reasons) = (Covered(), Reasons());
        var text = new StringBuilder();
        foreach (var id in Rules())
        {
            var shown = covered.TryGetValue(id, out var tests) ? string.Join(", ", tests) : $"left out: {reasons.GetValueOrDefault(id, "no reason")}";
            text.Append(CultureInfo.InvariantCulture, $"{id}\t{shown}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"total\t{Rules().Count(covered.ContainsKey)} of {Rules().Length} rules have tests, {reasons.Count} are left out\n");
        Golden.Check(text.ToString(), "docs/execution-coverage.txt");
    }

    private static string[] Rules() => [.. Repository.Lines(AllRules).Where(line => line.Length > 0)];

    private static Dictionary<string, string> Reasons() => Repository.Lines(LeftOut).Where(line => line.Length > 0).Select(line => line.Split('\t')).ToDictionary(cells => cells[0], cells => cells[^1]);

    private static Dictionary<string, SortedSet<string>> Covered()
    {
        var covered = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var path in Repository.Sources("tests"))
        {
            var (text, type) = (Repository.Read(path), Path.GetFileNameWithoutExtension(path).Split('.')[0]);
            foreach (Match rule in RuleInSource().Matches(text))
            {
                var declared = Declaration().Match(text, rule.Index + rule.Length).Groups[1].Value;
                foreach (Match id in RuleId().Matches(rule.Value))
                {
                    if (!covered.TryGetValue(id.Value, out var tests))
                        covered[id.Value] = tests = new SortedSet<string>(StringComparer.Ordinal);
                    tests.Add(declared == type ? type : $"{type}.{declared}");
                }
            }
        }

        return covered;
    }

    [GeneratedRegex(@"\AEX-[0-9]+\.[0-9]+[a-z]?", RegexOptions.NonBacktracking)]
    private static partial Regex RuleAtStart();

    [GeneratedRegex(@"EX-[0-9]+\.[0-9]+[a-z]?", RegexOptions.NonBacktracking)]
    private static partial Regex RuleId();

    [GeneratedRegex(@"\bRule\([^)]*\)", RegexOptions.NonBacktracking)]
    private static partial Regex RuleInSource();

    [GeneratedRegex(@"\b(?:class|void|Task|ValueTask) ([A-Z]\w*)", RegexOptions.NonBacktracking)]
    private static partial Regex Declaration();
}
