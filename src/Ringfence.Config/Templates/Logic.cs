using Ringfence.Config.Compilation;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Expressions;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Templates;

/// <summary>Evaluates logic statements: values and the maps <c>and</c>, <c>or</c>, <c>not</c>, <c>equal</c> and <c>matches</c> (CL-8).</summary>
internal sealed class Logic(Session session, Substitution substitution)
{
    private static readonly string[] Operators = ["and", "or", "not", "equal", "matches"];

    /// <summary>A condition is evaluated for each job of a matrix; its pattern is built once.</summary>
    private readonly Dictionary<string, (LinearRegex? Regex, string? WhyNot)> _patterns = new(StringComparer.Ordinal);

    /// <summary>Whether a statement holds. A statement that is not valid is reported and does not hold.</summary>
    public bool Holds(YamlNode statement, Bindings bindings) => Holds(statement, bindings, 0);

    private bool Holds(YamlNode statement, Bindings bindings, int depth)
    {
        if (depth > session.Limits.LogicDepth)
        {
            session.Report(TemplateCodes.BadLogic, statement.Span, $"Logic statements are nested more than {session.Limits.LogicDepth} deep", "Split the condition.");
            return false;
        }

        return statement switch
        {
            YamlScalar => Truth.Of(substitution.Apply(statement, bindings)),
            YamlMapping { Entries: [var only] } => Apply(only, bindings, depth),
            YamlMapping { Entries.Length: 0 } => false,
            YamlMapping several => Bad(several.Span, $"A logic statement has one key, not {several.Entries.Length}", "Combine them with 'and:' or 'or:' and a list."),
            _ => Bad(statement.Span, "A logic statement is a value or a map, not a list", "Write 'and:' or 'or:' before the list."),
        };
    }

    private bool Apply(YamlEntry statement, Bindings bindings, int depth)
    {
        switch (statement.Name)
        {
            case "and":
                return List(statement) is { } all && CountTrue(all, bindings, depth) == all.Items.Length;
            case "or":
                return List(statement) is { } any && CountTrue(any, bindings, depth) > 0;
            case "not":
                if (statement.Value is YamlSequence { Items.Length: not 1 })
                    return Bad(statement.Key.Span, "'not' takes exactly one statement", "Use 'not:' with 'or:' or 'and:' below it.");
                return !Holds(statement.Value is YamlSequence { Items: [var only] } ? only : statement.Value, bindings, depth + 1);
            case "equal":
                // By value and type (CL-8.2).
                return List(statement) is { } values && AllEqual(values, bindings, depth);
            case "matches":
                return Matches(statement, bindings);
            default:
                return Bad(
                    statement.Key.Span, $"Unknown logic operator '{statement.Name}'",
                    Spelling.DidYouMean(statement.Name, Operators, $"The operators are {string.Join(", ", Operators)}.")!);
        }
    }

    /// <summary>All are evaluated, so that every problem is reported.</summary>
    private int CountTrue(YamlSequence statements, Bindings bindings, int depth)
    {
        var count = 0;
        foreach (var statement in statements.Items)
            count += Holds(statement, bindings, depth + 1) ? 1 : 0;
        return count;
    }

    private YamlSequence? List(YamlEntry statement)
    {
        if (statement.Value is YamlSequence { Items.Length: > 0 } list)
            return list;
        Bad(statement.Key.Span, $"'{statement.Name}' takes a list of at least one item", $"Write '{statement.Name}: [ … ]'.");
        return null;
    }

    private bool AllEqual(YamlSequence values, Bindings bindings, int depth)
    {
        var first = Operand(values.Items[0], bindings, depth);
        var equal = true;
        foreach (var item in values.Items.AsSpan()[1..])
            equal &= YamlEquality.SameData(first, Operand(item, bindings, depth));
        return equal;
    }

    /// <summary>A value, or the outcome of a nested statement (CL-8.5).</summary>
    private YamlNode Operand(YamlNode node, Bindings bindings, int depth)
    {
        if (node is YamlMapping { Entries: [var only] } && Operators.Contains(only.Name, StringComparer.Ordinal))
            return YamlScalar.Boolean(Holds(node, bindings, depth + 1), node.Span);
        var value = substitution.Apply(node, bindings);
        return value is BoundExecutor executor ? executor.Name : value;
    }

    private bool Matches(YamlEntry statement, Bindings bindings)
    {
        if (statement.Value is not YamlMapping { Entries.Length: 2 } mapping || mapping["pattern"] is not { } patternNode || mapping["value"] is not { } valueNode)
            return Bad(statement.Key.Span, "'matches' takes exactly 'pattern' and 'value'", "Write both keys below 'matches:', and no others.");

        var pattern = substitution.Apply(patternNode, bindings);
        var value = substitution.Apply(valueNode, bindings);
        if (pattern is not YamlScalar { Kind: ScalarKind.String } regexText)
            return Bad(patternNode.Span, "The 'pattern' of 'matches' must be a text", "Quote it.");
        var (regex, whyNot) = PatternOf(regexText.Text);
        if (regex is null)
            return Bad(patternNode.Span, $"The pattern is not valid: {whyNot}", "Patterns have no lookaround and no backreferences (CL-16.28).");

        // A value that is not set matches nothing; other values are taken as text (CL-8.7).
        return value switch
        {
            YamlScalar { IsNull: true } => false,
            YamlScalar scalar => regex.IsMatch(scalar.Text),
            BoundExecutor executor => regex.IsMatch(executor.Name.Text),
            _ => Bad(valueNode.Span, "The 'value' of 'matches' must be a text", "Use a parameter or a pipeline value."),
        };
    }

    private (LinearRegex? Regex, string? WhyNot) PatternOf(string text)
    {
        if (!_patterns.TryGetValue(text, out var known))
            _patterns[text] = known = (LinearRegex.TryCompile(text, out var regex, out var whyNot) ? regex : null, whyNot);
        return known;
    }

    private bool Bad(SourceSpan span, string message, string hint)
    {
        session.Report(TemplateCodes.BadLogic, span, message, hint);
        return false;
    }
}
