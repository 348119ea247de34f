using System.Diagnostics;
using System.Text;

namespace Ringfence.Config.Expressions;

/// <summary>Writes an expression in the form that parses to the same tree again.</summary>
internal static class ExpressionPrinter
{
    private const int NotStrength = 5;

    public static string Print(Expression expression)
    {
        var text = new StringBuilder();
        Append(text, expression);
        return text.ToString();
    }

    public static string Symbol(ExpressionOperator op) => op switch
    {
        ExpressionOperator.Or => "or",
        ExpressionOperator.And => "and",
        ExpressionOperator.Equal => "==",
        ExpressionOperator.NotEqual => "!=",
        ExpressionOperator.StartsWith => "starts-with",
        ExpressionOperator.Contains => "contains",
        ExpressionOperator.Matches => "matches",
        ExpressionOperator.Less => "<",
        ExpressionOperator.LessOrEqual => "<=",
        ExpressionOperator.Greater => ">",
        ExpressionOperator.GreaterOrEqual => ">=",
        _ => throw new UnreachableException(),
    };

    /// <summary>How tightly an operator binds (CL-7.5).</summary>
    public static int Strength(ExpressionOperator op) => op switch
    {
        ExpressionOperator.Or => 0,
        ExpressionOperator.And => 1,
        ExpressionOperator.Equal or ExpressionOperator.NotEqual => 2,
        ExpressionOperator.StartsWith or ExpressionOperator.Contains or ExpressionOperator.Matches => 3,
        _ => 4,
    };

    private static int Strength(Expression expression) => expression switch
    {
        Expression.Binary binary => Strength(binary.Operator),
        Expression.Not => NotStrength,
        _ => NotStrength + 1,
    };

    private static void Append(StringBuilder text, Expression expression)
    {
        var chain = new Stack<Expression.Binary>();
        while (expression is Expression.Binary binary)
        {
            chain.Push(binary);
            if (Strength(binary.Left) < Strength(binary))
            {
                AppendOperand(text, binary.Left, Strength(binary));
                AppendChain(text, chain);
                return;
            }

            expression = binary.Left;
        }

        AppendLeaf(text, expression);
        AppendChain(text, chain);
    }

    private static void AppendChain(StringBuilder text, Stack<Expression.Binary> chain)
    {
        while (chain.TryPop(out var binary))
        {
            text.Append(' ').Append(Symbol(binary.Operator)).Append(' ');
            AppendOperand(text, binary.Right, Strength(binary) + 1);
        }
    }

    private static void AppendOperand(StringBuilder text, Expression operand, int leastStrength)
    {
        if (Strength(operand) >= leastStrength)
        {
            Append(text, operand);
            return;
        }

        text.Append('(');
        Append(text, operand);
        text.Append(')');
    }

    private static void AppendLeaf(StringBuilder text, Expression expression)
    {
        switch (expression)
        {
            case Expression.Literal literal:
                AppendLiteral(text, literal.Value);
                break;
            case Expression.Variable variable:
                text.Append(variable.Name);
                break;
            case Expression.Not not:
                text.Append("not ");
                AppendOperand(text, not.Operand, NotStrength);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void AppendLiteral(StringBuilder text, ExpressionValue value)
    {
        if (value.TryGetString(out var written))
        {
            text.Append('"').Append(written.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            return;
        }

        if (value.TryGetPattern(out var pattern))
        {
            text.Append('/').Append(pattern!.Pattern.Replace("/", "\\/", StringComparison.Ordinal)).Append('/');
            return;
        }

        text.Append(value.ToString());
    }
}
