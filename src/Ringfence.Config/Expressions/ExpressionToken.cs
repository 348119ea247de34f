namespace Ringfence.Config.Expressions;

/// <summary>One word of an expression and its place.</summary>
internal readonly record struct ExpressionToken(ExpressionTokenKind Kind, int Start, int Length)
{
    /// <summary>The value of a literal.</summary>
    public ExpressionValue Value { get; init; }

    /// <summary>Which operator it is, if it is one.</summary>
    public ExpressionOperator Operator { get; init; }
}
