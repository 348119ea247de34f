namespace Ringfence.Config.Expressions;

/// <summary>The words of the language.</summary>
internal enum ExpressionTokenKind
{
    End,
    LeftParen,
    RightParen,
    Not,
    Operator,
    Literal,
    Identifier,
}
