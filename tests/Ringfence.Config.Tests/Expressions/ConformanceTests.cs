using System.Text.Json;
using Ringfence.Config.Expressions;

namespace Ringfence.Config.Tests.Expressions;

/// <summary>CircleCI's published conformance cases, read in place.</summary>
public sealed class ConformanceTests
{
    private static readonly Dictionary<ExpressionErrorKind, string> PublicNames = new()
    {
        [ExpressionErrorKind.IncompleteEquals] = "Scanner/INCOMPLETE_EQUALS",
        [ExpressionErrorKind.UnexpectedCharacter] = "Scanner/UNEXPECTED_CHARACTER",
        [ExpressionErrorKind.InvalidNumericLiteral] = "Scanner/INVALID_NUMERIC_LITERAL",
        [ExpressionErrorKind.UnterminatedString] = "Scanner/UNTERMINATED_STRING",
        [ExpressionErrorKind.UnterminatedPattern] = "Scanner/UNTERMINATED_PATTERN",
        [ExpressionErrorKind.InvalidPatternCharacter] = "Scanner/INVALID_PATTERN_CHARACTER",
        [ExpressionErrorKind.InvalidPattern] = "Scanner/INVALID_PATTERN",
        [ExpressionErrorKind.PatternTooLong] = "Scanner/PATTERN_TOO_LONG",
        [ExpressionErrorKind.ExpectedExpression] = "Parser/EXPECTED_EXPRESSION",
        [ExpressionErrorKind.UnexpectedAdditionalInput] = "Parser/UNEXPECTED_ADDITIONAL_INPUT",
        [ExpressionErrorKind.ExpectedRightParen] = "Parser/EXPECTED_RIGHT_PAREN",
        [ExpressionErrorKind.UnknownBuiltinFunction] = "Parser/UNKNOWN_BUILTIN_FUNCTION",
        [ExpressionErrorKind.ExpectedNumericOperand] = "Interpreter/EXPECTED_NUMERIC_OPERAND",
        [ExpressionErrorKind.ExpectedStringOperand] = "Interpreter/EXPECTED_STRING_OPERAND",
        [ExpressionErrorKind.ExpectedPatternOperand] = "Interpreter/EXPECTED_PATTERN_OPERAND",
        [ExpressionErrorKind.UnknownVariable] = "Interpreter/UNKNOWN_VARIABLE",
    };

    [Fact]
    [Rule("CL-7.5", "CL-7.7", "CL-7.10", "CL-7.11", "CL-7.12", "CL-7.13", "CL-7.14", "CL-7.15")]
    public void Agrees_with_every_case_of_the_corpus()
    {
        var path = Path.Combine(Corpus.Require("expr"), "cases.json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var cases = document.RootElement.GetProperty("cases").EnumerateArray().ToList();

        var disagreements = cases.Where(c => Actual(c) != Expected(c))
            .Select(c => $"{c.GetProperty("group")} {c.GetProperty("n")}: expected {Expected(c)}, got {Actual(c)}");

        Assert.Empty(disagreements);
        Assert.True(cases.Count > 150, "the corpus is nearly empty");
    }

    [Fact]
    public void Every_kind_of_error_but_our_own_has_a_public_name()
    {
        ExpressionErrorKind[] own = [ExpressionErrorKind.UnsetVariable, ExpressionErrorKind.TooLong, ExpressionErrorKind.TooDeep];

        Assert.Equal(Enum.GetValues<ExpressionErrorKind>().Except(own), PublicNames.Keys.Order());
        Assert.Equal(PublicNames.Count, PublicNames.Values.Distinct().Count());
    }

    private static string Expected(JsonElement @case)
    {
        var expected = @case.GetProperty("expected");
        if (!expected.TryGetProperty("error", out var error))
            return $"{ToValue(expected.GetProperty("value"))} truth {expected.GetProperty("truth").GetBoolean()}";

        return $"{error.GetProperty("errorType")} '{error.GetProperty("lexeme")}' at {error.GetProperty("charPos")}";
    }

    private static string Actual(JsonElement @case)
    {
        var parsed = Expression.Parse(@case.GetProperty("expression").GetString()!, Limits.Default);
        if (!parsed.Succeeded)
            return Show(parsed.Error);

        var environment = @case.GetProperty("environment");
        var result = ExpressionEvaluator.Evaluate(parsed.Expression, LookUp);

        // The truth of the language itself, in which 0 is true; a field that holds an expression asks the same, a logic statement does not (CL-8.6).
        return result.Error is null ? $"{result.Value} truth {result.Value.IsTrueInExpression}" : Show(result.Error);

        bool LookUp(string name, out ExpressionValue value)
        {
            var isKnown = environment.TryGetProperty(name, out var element);
            value = isKnown ? ToValue(element) : default;
            return isKnown;
        }
    }

    private static string Show(ExpressionError error) => $"{PublicNames[error.Kind]} '{error.Lexeme}' at {error.Start}";

    private static ExpressionValue ToValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => ExpressionValue.Undefined,
        JsonValueKind.Number => ExpressionValue.Integer(element.GetInt64()),
        JsonValueKind.String => ExpressionValue.String(element.GetString()!),
        _ => ExpressionValue.Boolean(element.GetBoolean()),
    };
}
