using System.Diagnostics;

namespace Ringfence.Config.Expressions;

/// <summary>Finds the value of an expression (CL-7.10 to CL-7.14). Pure; never throws unless the lookup does.</summary>
public static class ExpressionEvaluator
{
    /// <summary>The value in a field of a config.</summary>
    public static ExpressionResult Evaluate(Expression expression, VariableLookup lookup) =>
        Evaluate(expression, lookup, ExpressionMode.ConfigField);

    /// <summary>The value where <paramref name="mode"/> says; it decides about unset variables only. Parts that are passed over cannot fail (CL-7.13).</summary>
    public static ExpressionResult Evaluate(Expression expression, VariableLookup lookup, ExpressionMode mode)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(lookup);
        var run = new Run(lookup, mode);
        var value = run.Visit(expression);
        return run.Error is null ? new ExpressionResult(value, null) : new ExpressionResult(default, run.Error);
    }

    private sealed class Run(VariableLookup lookup, ExpressionMode mode)
    {
        public ExpressionError? Error { get; private set; }

        public ExpressionValue Visit(Expression expression)
        {
            // The left side is taken in a loop: it is as deep as a chain of operators is long. All else is bounded by the depth limit.
            var chain = new Stack<Expression.Binary>();
            while (expression is Expression.Binary binary)
            {
                chain.Push(binary);
                expression = binary.Left;
            }

            var value = VisitLeaf(expression);
            while (Error is null && chain.TryPop(out var binary))
                value = Apply(binary, value);

            return value;
        }

        private ExpressionValue VisitLeaf(Expression expression) => expression switch
        {
            Expression.Literal literal => literal.Value,
            Expression.Variable variable => Read(variable),
            Expression.Not not => ExpressionValue.Boolean(!Visit(not.Operand).IsTrueInExpression),
            _ => throw new UnreachableException(),
        };

        private ExpressionValue Read(Expression.Variable variable)
        {
            if (!lookup(variable.Name, out var value))
            {
                return Fail(
                    ExpressionErrorKind.UnknownVariable, variable.Start, variable.Name, $"There is no variable {variable.Name} here",
                    variable.Name.StartsWith("pipeline.event.", StringComparison.Ordinal)
                        ? "this kind of event may not have it: test pipeline.event.name first, as in pipeline.event.name == \"pull_request\" and …"
                        : null);
            }

            return value.IsUndefined && mode == ExpressionMode.ContextRestriction
                ? Fail(ExpressionErrorKind.UnsetVariable, variable.Start, variable.Name, $"The variable {variable.Name} has no value in this pipeline", null)
                : value;
        }

        private ExpressionValue Apply(Expression.Binary binary, ExpressionValue left)
        {
            switch (binary.Operator)
            {
                case ExpressionOperator.Or:
                    return left.IsTrueInExpression ? left : Visit(binary.Right);
                case ExpressionOperator.And:
                    return left.IsTrueInExpression ? Visit(binary.Right) : left;
            }

            var right = Visit(binary.Right);
            if (Error is not null || left.IsUndefined || right.IsUndefined)
                return ExpressionValue.Undefined;

            return binary.Operator switch
            {
                ExpressionOperator.Equal => ExpressionValue.Boolean(left == right),
                ExpressionOperator.NotEqual => ExpressionValue.Boolean(left != right),
                ExpressionOperator.StartsWith or ExpressionOperator.Contains => Search(binary, left, right),
                ExpressionOperator.Matches => Match(binary, left, right),
                _ => Compare(binary, left, right),
            };
        }

        private ExpressionValue Search(Expression.Binary binary, ExpressionValue left, ExpressionValue right)
        {
            if (!left.TryGetString(out var text) || !right.TryGetString(out var part))
                return Fail(binary, ExpressionErrorKind.ExpectedStringOperand, $"{binary.OperatorLexeme} needs text on both sides");

            return ExpressionValue.Boolean(binary.Operator == ExpressionOperator.StartsWith
                ? text.StartsWith(part, StringComparison.Ordinal)
                : text.Contains(part, StringComparison.Ordinal));
        }

        private ExpressionValue Match(Expression.Binary binary, ExpressionValue left, ExpressionValue right)
        {
            if (!right.TryGetPattern(out var pattern))
                return Fail(binary, ExpressionErrorKind.ExpectedPatternOperand, $"{binary.OperatorLexeme} needs a pattern such as /v.*/ on its right");

            return left.TryGetString(out var text)
                ? ExpressionValue.Boolean(pattern!.IsMatch(text))
                : Fail(binary, ExpressionErrorKind.ExpectedStringOperand, $"{binary.OperatorLexeme} needs text on its left");
        }

        private ExpressionValue Compare(Expression.Binary binary, ExpressionValue left, ExpressionValue right)
        {
            if (!left.TryGetInteger(out var first) || !right.TryGetInteger(out var second))
                return Fail(binary, ExpressionErrorKind.ExpectedNumericOperand, $"{binary.OperatorLexeme} needs numbers on both sides");

            return ExpressionValue.Boolean(binary.Operator switch
            {
                ExpressionOperator.Less => first < second,
                ExpressionOperator.LessOrEqual => first <= second,
                ExpressionOperator.Greater => first > second,
                ExpressionOperator.GreaterOrEqual => first >= second,
                _ => throw new UnreachableException(),
            });
        }

        private ExpressionValue Fail(Expression.Binary binary, ExpressionErrorKind kind, string message) =>
            Fail(kind, binary.OperatorStart, binary.OperatorLexeme, message, null);

        private ExpressionValue Fail(ExpressionErrorKind kind, int start, string lexeme, string message, string? hint)
        {
            Error ??= new ExpressionError(kind, start, lexeme.Length, lexeme, message, hint);
            return ExpressionValue.Undefined;
        }
    }
}
