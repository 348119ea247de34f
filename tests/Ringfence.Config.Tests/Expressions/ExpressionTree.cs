using System.Diagnostics;
using Ringfence.Config.Expressions;

namespace Ringfence.Config.Tests.Expressions;

/// <summary>Shows the structure of an expression with every group in brackets, whatever the printer does.</summary>
internal static class ExpressionTree
{
    public static string Show(Expression expression) => expression switch
    {
        Expression.Literal literal => $"{literal.Value.Kind}:{literal.Value}",
        Expression.Variable variable => variable.Name,
        Expression.Not not => $"[not {Show(not.Operand)}]",
        Expression.Binary binary => $"[{Show(binary.Left)} {binary.Operator} {Show(binary.Right)}]",
        _ => throw new UnreachableException(),
    };
}
