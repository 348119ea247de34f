namespace Ringfence.Config.Expressions;

/// <summary>What is wrong with an expression. All but the last three stand for one error each of the public conformance corpus.</summary>
public enum ExpressionErrorKind
{
    /// <summary>A single <c>=</c>.</summary>
    IncompleteEquals,

    /// <summary>A character that begins nothing in the language.</summary>
    UnexpectedCharacter,

    /// <summary>A number above 2^63 - 1 (CL-7.7).</summary>
    InvalidNumericLiteral,

    /// <summary>A string without its closing quote.</summary>
    UnterminatedString,

    /// <summary>A pattern without its closing slash.</summary>
    UnterminatedPattern,

    /// <summary>A pattern character beyond Latin-1, or <c>\u</c> or <c>\x</c>.</summary>
    InvalidPatternCharacter,

    /// <summary>A pattern that the linear-time dialect refuses (CL-16.28).</summary>
    InvalidPattern,

    /// <summary>A pattern of more than 256 bytes.</summary>
    PatternTooLong,

    /// <summary>A value is missing, for instance after an operator.</summary>
    ExpectedExpression,

    /// <summary>Something follows the end of the expression.</summary>
    UnexpectedAdditionalInput,

    /// <summary>An opened parenthesis is not closed.</summary>
    ExpectedRightParen,

    /// <summary>A name stands where an operator must be.</summary>
    UnknownBuiltinFunction,

    /// <summary><c>&lt; &lt;= &gt; &gt;=</c> with something that is no number (CL-7.12).</summary>
    ExpectedNumericOperand,

    /// <summary><c>starts-with</c>, <c>contains</c> or <c>matches</c> with something that is no string (CL-7.11).</summary>
    ExpectedStringOperand,

    /// <summary><c>matches</c> with something else than a pattern on the right (CL-7.11).</summary>
    ExpectedPatternOperand,

    /// <summary>A variable that does not exist here.</summary>
    UnknownVariable,

    /// <summary>A variable that exists but has no value, where that is an error (CL-7.17).</summary>
    UnsetVariable,

    /// <summary>More characters than <see cref="Limits.ExpressionCharacters"/>.</summary>
    TooLong,

    /// <summary>Nested deeper than <see cref="Limits.LogicDepth"/>.</summary>
    TooDeep,
}
