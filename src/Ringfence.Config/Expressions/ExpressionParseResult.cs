using System.Diagnostics.CodeAnalysis;

namespace Ringfence.Config.Expressions;

/// <summary>Either an expression or the reason why the text is none.</summary>
public sealed record ExpressionParseResult
{
    internal ExpressionParseResult(Expression expression) => Expression = expression;

    internal ExpressionParseResult(ExpressionError error) => Error = error;

    /// <summary>The expression; null when there is an error.</summary>
    public Expression? Expression { get; }

    /// <summary>The first thing that is wrong; null when there is an expression.</summary>
    public ExpressionError? Error { get; }

    /// <summary>Whether the text is an expression.</summary>
    [MemberNotNullWhen(true, nameof(Expression))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Expression is not null;
}
