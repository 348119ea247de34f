using System.Diagnostics;
using System.Globalization;
using Ringfence.Access.Names;
using Ringfence.Config.Expressions;
using Ringfence.Config.Values;
using Ringfence.Primitives;

namespace Ringfence.Access.Expressions;

/// <summary>
/// The strict check of an expression before it is stored: syntax, names, types, size, and what CircleCI would find out only when a job is
/// denied or let through (EXP-8, EXP-10, EXP-13, EXP-14). It evaluates nothing.
/// </summary>
public sealed class ExpressionCheck
{
    private readonly SourceText _source;
    private readonly List<ExpressionFinding> _findings = [];

    private ExpressionCheck(string text) => _source = new SourceText("", text);

    /// <summary>Checks a text. Never throws, whatever the text.</summary>
    public static ExpressionCheckResult Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var check = new ExpressionCheck(text);
        check.CheckAll(text);
        var all = check._findings.OrderBy(f => f.Position.Line).ThenBy(f => f.Position.Column).Distinct().ToList();
        return new ExpressionCheckResult([.. all.Where(f => !IsWarning(f))], [.. all.Where(IsWarning)]);
    }

    private static bool IsWarning(ExpressionFinding finding) => finding.Kind >= ExpressionFindingKind.Chained;

    private void CheckAll(string text)
    {
        if (RestrictionExpression.IsTooLong(text))
        {
            Report(ExpressionFindingKind.TooLarge, 0, string.Create(CultureInfo.InvariantCulture, $"the expression is longer than {AccessLimits.ExpressionBytes} bytes"), "split it over several restrictions, which all have to be true");
            return;
        }

        var parsed = Expression.Parse(text, RestrictionExpression.Limits);
        if (!parsed.Succeeded)
        {
            var kind = parsed.Error.Kind is ExpressionErrorKind.TooDeep or ExpressionErrorKind.TooLong ? ExpressionFindingKind.TooLarge : ExpressionFindingKind.Syntax;
            Report(kind, parsed.Error.Start, parsed.Error.Message, parsed.Error.Hint);
            return;
        }

        if (RestrictionExpression.FindStrayBackslash(text, parsed.Expression) is { } place)
        {
            Report(ExpressionFindingKind.Syntax, place, RestrictionExpression.StrayBackslash, "write \\\\ for a backslash");
            return;
        }

        var whole = Visit(parsed.Expression, isBesideOr: false);
        if (whole.Type is not (StaticType.Boolean or StaticType.Unknown))
            Report(ExpressionFindingKind.NotBoolean, parsed.Expression.Start, "the expression is no truth value, so it would let every job through", "compare it, as in pipeline.git.branch == \"main\"");
        else if (!whole.NeedsSomething.WhenTrue)
            Report(ExpressionFindingKind.Unconditional, parsed.Expression.Start, "the expression can be true without reading anything about the job", null);
        else if (!whole.NeedsTrusted.WhenTrue)
            Report(ExpressionFindingKind.Tainted, parsed.Expression.Start, "the expression can be true by values alone that people outside of the organization choose", "add a condition on another value with 'and'");
    }

    private Judgement Visit(Expression expression, bool isBesideOr)
    {
        // The left side is taken in a loop: it is as deep as a chain of operators is long.
        var chain = new Stack<(Expression.Binary Node, bool IsBesideOr)>();
        while (expression is Expression.Binary binary)
        {
            isBesideOr |= binary.Operator == ExpressionOperator.Or;
            chain.Push((binary, isBesideOr));
            expression = binary.Left;
        }

        var judgement = expression switch
        {
            Expression.Literal literal => Judgement.OfLiteral(literal.Value),
            Expression.Variable variable => VisitVariable(variable, isBesideOr),
            Expression.Not not => VisitNot(not, isBesideOr),
            _ => throw new UnreachableException(),
        };
        while (chain.TryPop(out var next))
            judgement = Join(next.Node, judgement, Visit(next.Node.Right, next.IsBesideOr));

        return judgement;
    }

    private Judgement VisitVariable(Expression.Variable variable, bool isBesideOr)
    {
        if (!RestrictionVariables.All.TryGetValue(variable.Name, out var known))
        {
            var isExcluded = variable.Name.StartsWith(PipelineValueRegistry.ParameterPrefix, StringComparison.Ordinal)
                || variable.Name.StartsWith("pipeline.trigger_parameters.", StringComparison.Ordinal);
            if (isExcluded)
                Report(ExpressionFindingKind.ExcludedName, variable.Start, $"restrictions may not read {variable.Name}", "whoever starts the pipeline chooses its value");
            else
                Report(ExpressionFindingKind.UnknownName, variable.Start, $"there is no value {variable.Name}", "see the list of pipeline values");
            return Judgement.Unknown;
        }

        if (known.MayBeUnset && isBesideOr)
        {
            Report(
                ExpressionFindingKind.MayBeUnset, variable.Start, $"{variable.Name} has no value in some pipelines, and reading it then denies, whatever else is true",
                "put it last, or use a context of its own for the other case");
        }

        return Judgement.OfVariable(known);
    }

    private Judgement VisitNot(Expression.Not not, bool isBesideOr)
    {
        var operand = Visit(not.Operand, isBesideOr);
        NeedBoolean(operand, not.Operand, "not");
        return operand with { Type = StaticType.Boolean, NeedsSomething = operand.NeedsSomething.Flipped, NeedsTrusted = operand.NeedsTrusted.Flipped, Variable = null };
    }

    private Judgement Join(Expression.Binary node, Judgement left, Judgement right)
    {
        switch (node.Operator)
        {
            case ExpressionOperator.And or ExpressionOperator.Or:
                NeedBoolean(left, node.Left, node.OperatorLexeme);
                NeedBoolean(right, node.Right, node.OperatorLexeme);
                return Judgement.Joined(left, right, node.Operator == ExpressionOperator.And);
            case ExpressionOperator.Equal or ExpressionOperator.NotEqual:
                CheckEquality(node, left, right);
                break;
            case ExpressionOperator.Matches:
                NeedType(left, StaticType.String, node, "text on its left");
                NeedType(right, StaticType.Pattern, node, "a pattern such as /v.*/ on its right");
                break;
            case ExpressionOperator.StartsWith or ExpressionOperator.Contains:
                NeedType(left, StaticType.String, node, "text on both sides");
                NeedType(right, StaticType.String, node, "text on both sides");
                if (left.Variable is { IsReference: true, Name: not RestrictionVariables.Tag })
                    Report(ExpressionFindingKind.PartOfName, node.OperatorStart, $"other names pass this test of {left.Variable.Name} too, such as main-evil for main", "use == or matches");
                break;
            default:
                NeedType(left, StaticType.Integer, node, "numbers on both sides");
                NeedType(right, StaticType.Integer, node, "numbers on both sides");
                break;
        }

        CheckChain(node, node.Left);
        CheckChain(node, node.Right);
        CheckConstant(node, left, right);
        return Judgement.Compared(left, right);
    }

    private void CheckEquality(Expression.Binary node, Judgement left, Judgement right)
    {
        if (left.Type == StaticType.Unknown || right.Type == StaticType.Unknown || left.Type == right.Type)
            return;

        var isEqual = node.Operator == ExpressionOperator.Equal;
        Report(
            isEqual ? ExpressionFindingKind.NeverTrue : ExpressionFindingKind.AlwaysTrue, node.OperatorStart,
            $"{NameOf(left.Type)} and {NameOf(right.Type)} are never equal, so this is {(isEqual ? "never" : "always")} true",
            node.Left is Expression.Not ? "'not' binds more tightly: put the comparison in parentheses" : null);
    }

    /// <summary>Both sides are written out, or are the same: then the comparison says nothing about the job.</summary>
    private void CheckConstant(Expression.Binary node, Judgement left, Judgement right)
    {
        var isSame = left.Variable is { } variable && variable.Name == right.Variable?.Name;
        if (!isSame && (left.ReadsSomething || right.ReadsSomething || left.Type == StaticType.Unknown || right.Type == StaticType.Unknown || left.Type != right.Type))
            return;

        var isTrue = isSame
            ? node.Operator is not (ExpressionOperator.NotEqual or ExpressionOperator.Less or ExpressionOperator.Greater)
            : ExpressionEvaluator.Evaluate(node, NoVariable).Value.IsTrueInExpression;
        Report(
            isTrue ? ExpressionFindingKind.AlwaysTrue : ExpressionFindingKind.NeverTrue, node.OperatorStart,
            $"this comparison is {(isTrue ? "always" : "never")} true, whatever the job", "compare a pipeline value with a fixed one");

        static bool NoVariable(string name, out ExpressionValue value)
        {
            value = default;
            return false;
        }
    }

    /// <summary><c>a &gt; 5 == true</c>: people disagree about what that is, so it should have parentheses.</summary>
    private void CheckChain(Expression.Binary node, Expression side)
    {
        if (side is Expression.Binary { Operator: not (ExpressionOperator.And or ExpressionOperator.Or) } inner && inner.Start == inner.Left.Start)
            Report(ExpressionFindingKind.Chained, node.OperatorStart, $"'{inner.OperatorLexeme}' is decided before '{node.OperatorLexeme}' here", "put the first comparison in parentheses");
    }

    private void NeedBoolean(Judgement operand, Expression where, string op)
    {
        if (operand.Type is not (StaticType.Boolean or StaticType.Unknown))
        {
            Report(
                ExpressionFindingKind.WrongType, where.Start, $"'{op}' needs truth values, and this is {NameOf(operand.Type)}",
                op is "not" or "!" or "NOT" ? "put the comparison behind it in parentheses" : "compare it with something");
        }
    }

    private void NeedType(Judgement operand, StaticType type, Expression.Binary node, string what)
    {
        if (operand.Type != type && operand.Type != StaticType.Unknown)
            Report(ExpressionFindingKind.WrongType, node.OperatorStart, $"'{node.OperatorLexeme}' needs {what}", null);
    }

    private static string NameOf(StaticType type) => type switch
    {
        StaticType.Boolean => "a truth value",
        StaticType.Integer => "a number",
        StaticType.String => "a text",
        StaticType.Pattern => "a pattern",
        _ => throw new UnreachableException(),
    };

    private void Report(ExpressionFindingKind kind, int start, string message, string? hint) =>
        _findings.Add(new ExpressionFinding(kind, _source.PositionAt(start), message, hint));
}
