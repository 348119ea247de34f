using System.Text;
using Ringfence.Access.Expressions;

namespace Ringfence.Access.Tests.Expressions;

/// <summary>The 32 vectors. <c>B</c> stands for the branch, which is main; <c>T</c> for the tag, which is unset; <c>N</c> for the number, 7; <c>S</c> for SSH, off.</summary>
public sealed class VectorTests
{
    public static TheoryData<string, string, bool, string> All { get; } = new()
    {
        { "E1", "B == \"main\"", true, "" },
        { "E2", "B == \"main\" and not S", true, "" },
        { "E3", "B == \"Main\"", false, "" },
        { "E4", "B starts-with \"ma\"", true, "warns PartOfName" },
        { "E5", "B matches /ma/", false, "" },
        { "E6", "B matches /ma.*/", true, "" },
        { "E7", "B matches /(a+)+$/", false, "" },
        { "E8", "T == \"v1\" or B == \"main\"", false, "warns MayBeUnset" },
        { "E9", "B == \"main\" or T == \"v1\"", true, "warns MayBeUnset" },
        { "E10", "not (T starts-with \"v\")", false, "" },
        { "E11", "no.such == 1", false, "refuses UnknownName" },
        { "E12", "not no.such", false, "refuses UnknownName" },
        { "E13", "N > 5", true, "" },
        { "E14", "N > \"5\"", false, "refuses WrongType" },
        { "E15", "N == \"7\"", false, "refuses NeverTrue" },
        { "E16", "N != \"7\"", true, "refuses AlwaysTrue" },
        { "E17", "B > 1", false, "refuses WrongType" },
        { "E18", "N starts-with \"7\"", false, "refuses WrongType" },
        { "E19", "B", true, "refuses NotBoolean" },
        { "E20a", "0", true, "refuses NotBoolean" },
        { "E20b", "\"\"", true, "refuses NotBoolean" },
        { "E21", "false or B == \"main\" and S", false, "" },
        { "E22", "(false or B == \"main\") and not S", true, "" },
        { "E23", "N > 5 == true", true, "warns Chained" },
        { "E24", "not B == \"dev\"", false, "refuses WrongType" },
        { "E25", "not B != \"main\"", true, "refuses WrongType" },
        { "E26", "!S", true, "" },
        { "E27", "B == \"ma\\\"in\"", false, "" },
        { "E28", "B == \"a\\nb\"", false, "refuses Syntax" },
        { "E29", "pipeline.trigger_parameters.webhook.body == \"x\"", false, "refuses ExcludedName" },
        { "E30", "pipeline.parameters.env == \"prod\"", false, "refuses ExcludedName" },
        { "E31", "99999999999999999999 > 1", false, "refuses Syntax" },
        { "E32a", "", false, "refuses Syntax" },
        { "E32b", "and", false, "refuses Syntax" },
        { "E32c", "(B == \"main\"", false, "refuses Syntax" },
    };

    [Theory]
    [Rule("EXP-1", "EXP-2", "EXP-3", "EXP-4", "EXP-5", "EXP-6", "EXP-7", "EXP-8", "EXP-9", "EXP-10", "EXP-14")]
    [MemberData(nameof(All))]
    public void Agrees_with_both_columns(string id, string text, bool isAllowed, string strict)
    {
        var values = new RestrictionValues(Some.Main, IsSshEnabled: false, "vcs", IsFork: false);

        Assert.Equal((id, isAllowed), (id, RestrictionExpression.Evaluate(WrittenOut(text), values).IsAllowed));
        Assert.Equal((id, strict), (id, Summary(ExpressionCheck.Of(WrittenOut(text)))));
    }

    [Fact]
    public void Says_what_it_says_in_the_golden_table()
    {
        var table = new StringBuilder();
        foreach (var row in All)
        {
            var (id, text, isAllowed, _) = row.Data;
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"{id}\t{text}\t{(isAllowed ? "allow" : "deny")}\n");
            var check = ExpressionCheck.Of(WrittenOut(text));
            foreach (var error in check.Errors)
                table.Append(System.Globalization.CultureInfo.InvariantCulture, $"  error {error}\n");
            foreach (var warning in check.Warnings)
                table.Append(System.Globalization.CultureInfo.InvariantCulture, $"  warning {warning}\n");
        }

        Golden.Check(table.ToString(), "tests/Ringfence.Access.Tests/Expressions/Goldens/vectors.txt");
    }

    private static string Summary(ExpressionCheckResult check) => check switch
    {
        { Errors: [var first, ..] } => $"refuses {first.Kind}",
        { Warnings: [var first, ..] } => $"warns {first.Kind}",
        _ => "",
    };

    private static string WrittenOut(string text)
    {
        foreach (var (letter, name) in new[] { ("B", "pipeline.git.branch"), ("T", "pipeline.git.tag"), ("N", "pipeline.number"), ("S", "job.ssh.enabled") })
            text = System.Text.RegularExpressions.Regex.Replace(text, $@"(?<![\w"".\\]){letter}(?![\w""])", name);
        return text;
    }
}
